import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EarlyReaders } from '../../../../src/server/live/early-readers.ts';
import { LiveHub } from '../../../../src/server/live/hub.ts';
import { LIVE_TIMING } from '../../../../src/server/live/timing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ADA = 1;
const SESSION = 'session-1';
const file = (fileid = 0) => ({ shareId: 1, fileid, ownerId: ADA, session: SESSION });

function start() {
  const hub = new LiveHub();
  const connect = () => {
    const joined = hub.join({ send: () => undefined }, ADA, SESSION);
    if (typeof joined === 'string') throw new Error(joined);
    return joined;
  };
  const leave = connect();
  const uploads = new EventEmitter().setMaxListeners(0);
  const watchers = new Set<() => void>();
  const download = vi.fn();
  const readers = new EarlyReaders({
    uploads: {
      onChange({ fileid }, listener) {
        uploads.on(String(fileid), listener);
        return () => uploads.off(String(fileid), listener);
      },
    },
    presence: {
      isLive: (of) => hub.isLive(of),
      ownerOf: (session) => hub.ownerOf(session),
      onPresence(session, listener) {
        const stop = hub.onPresence(session, listener);
        watchers.add(listener);
        return () => {
          watchers.delete(listener);
          stop();
        };
      },
    },
    notifier: { download },
    timing: LIVE_TIMING,
  });
  const begin = (fileid = 0) => uploads.emit(String(fileid));
  return { connect, leave, uploads, watchers, download, readers, begin };
}

/** Waits, and keeps what the wait has come to. */
function visit({ readers }: ReturnType<typeof start>, fileid = 0) {
  const visitor = new EventEmitter();
  const wait = readers.wait(file(fileid), visitor);
  const changes: boolean[] = [];
  void wait?.change().then((change) => changes.push(change));
  return { visitor, wait, changes };
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

test('6.5 a visitor waits 30 seconds for the first byte, not longer', async () => {
  const { changes } = visit(start());
  await pass(29.9);
  expect(changes).toEqual([]);
  await pass(0.2);
  expect(changes).toEqual([false]);
});

test('6.5 an upload that begins ends the wait', async () => {
  const setup = start();
  const { changes } = visit(setup);
  setup.begin(7);
  await pass(0);
  expect(changes).toEqual([]);
  setup.begin();
  await pass(0);
  expect(changes).toEqual([true]);
});

test('what happens between two looks is not missed', async () => {
  const setup = start();
  const wait = setup.readers.wait(file(), new EventEmitter());
  setup.begin();
  expect(await wait?.change()).toBe(true);
});

test('6.5 the wait ends 10 seconds after the session has disconnected', async () => {
  const setup = start();
  const { changes } = visit(setup);
  await pass(5);
  setup.leave();
  await pass(9.9);
  expect(changes).toEqual([]);
  await pass(0.2);
  expect(changes).toEqual([false]);
});

test('6.5 a session that comes back within 10 seconds keeps its visitors', async () => {
  const setup = start();
  const { changes } = visit(setup);
  setup.leave();
  await pass(9);
  setup.connect();
  await pass(15);
  expect(changes).toEqual([]);
  setup.begin();
  await pass(0);
  expect(changes).toEqual([true]);
});

test('6.5 a visitor who was sent on by the REST request is told of once', async () => {
  const setup = start();
  setup.readers.redirected(file());
  visit(setup);
  expect(setup.download).not.toHaveBeenCalled();
  visit(setup);
  expect(setup.download).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(file()), false);
});

test('6.5 somebody who never followed the redirect does not hide a later visitor', async () => {
  const setup = start();
  setup.readers.redirected(file());
  await pass(10);
  visit(setup);
  expect(setup.download).toHaveBeenCalledOnce();
});

test('at most 1,000 visitors wait for one file', () => {
  const setup = start();
  const visits = Array.from({ length: 1000 }, () => visit(setup));
  expect(visits.every(({ wait }) => wait !== undefined)).toBe(true);
  expect(visit(setup).wait).toBeUndefined();
  expect(visit(setup, 1).wait).toBeDefined();
  visits[0]?.wait?.close();
  expect(visit(setup).wait).toBeDefined();
});

test('at most 10,000 visitors wait in all', () => {
  const setup = start();
  for (let i = 0; i < 10_000; i++) expect(visit(setup, i % 20).wait).toBeDefined();
  expect(visit(setup, 20).wait).toBeUndefined();
});

test('waits that are cancelled leave no listener and no timer behind, by thousands', async () => {
  const setup = start();
  const visits = Array.from({ length: 5000 }, (_, i) => visit(setup, i % 10));
  for (const { visitor } of visits) visitor.emit('close');
  await pass(0);
  expect(visits.every(({ changes }) => changes[0] === false)).toBe(true);
  setup.leave();
  for (const { wait } of visits) wait?.close();
  expect(setup.uploads.eventNames()).toEqual([]);
  expect(setup.watchers.size).toBe(0);
  expect(visits.every(({ visitor }) => visitor.listenerCount('close') === 0)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
