import { beforeEach, describe, expect, it } from 'vitest';
import {
  type LiveEvent,
  NetworkError,
  type QueueItem,
  type QueueOptions,
  type QueueStore,
  type StoredUpload,
  UploadQueue,
} from '../../../../src/sdk/index.ts';
import { Events } from '../../../../src/sdk/live/events.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { QueueWorld } from '../../../support/queue-world.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const filesOf = (names: readonly string[]) => names.map((name) => new File([`of ${name}`], name));

/** What JSON keeps of it, as a database would. */
function memoryStore(): QueueStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    set: async (key, upload) => void kept.set(key, JSON.stringify(upload)),
    delete: async (key) => void kept.delete(key),
    entries: async () => Array.from(kept.values(), (text): unknown => JSON.parse(text)),
  };
}

/** A Live connection that says what a test tells it to. */
class FakeLive extends Events<LiveEvent> {
  readonly session = 'k3v9x2m7';
  override emit(event: LiveEvent): void {
    super.emit(event);
  }
}

describe('an upload queue', () => {
  let clock: ManualClock;
  let world: QueueWorld;
  let live: FakeLive;

  beforeEach(() => {
    clock = new ManualClock();
    world = new QueueWorld(clock);
    live = new FakeLive();
  });

  const fill = async (options: QueueOptions = {}, names = NAMES, add = {}) => {
    const queue = new UploadQueue(world.gett, { clock, ...options });
    const items = await queue.add(await world.gett.shares.create(), filesOf(names), add);
    return { queue, items };
  };
  const isRunning = (...names: string[]) =>
    expect.poll(() => [...world.running.keys()].toSorted()).toEqual(names);
  const statesOf = (items: readonly QueueItem[]) => items.map(({ state }) => state.type);
  const finish = (name: string) => world.running.get(name)?.finish();
  const ask = (name: string) =>
    live.emit({
      type: 'download',
      sharename: '4Xq81Rb',
      fileid: world.fileid(name),
      filename: name,
      increment: true,
    });

  it('has announced every file, with the session, before the first byte', async () => {
    const { items } = await fill({ live });
    expect(world.started).toEqual([]);
    expect(items.map(({ file }) => file.url)).toContain('http://gett.test/4Xq81Rb/v/5');
    expect(world.announced[0]).toEqual({ filename: 'a', size: 4, session: 'k3v9x2m7' });
  });

  it('sends three at a time, in order, and each its own bytes', async () => {
    const { queue, items } = await fill();
    await isRunning('a', 'b', 'c');
    expect(world.running.get('b')?.bytes).toBe('of b');
    finish('b');
    await isRunning('a', 'c', 'd');
    for (const name of ['a', 'c', 'd']) finish(name);
    await isRunning('e', 'f');
    for (const name of ['e', 'f']) finish(name);
    await queue.idle();
    expect(world.started).toEqual(NAMES);
    expect(statesOf(items)).toEqual(NAMES.map(() => 'sent'));
  });

  it('sends files of a higher priority first', async () => {
    const { queue, items } = await fill({ parallel: 1 });
    const [, , , d, e] = items;
    if (!d || !e) throw new Error('the items are there');
    await isRunning('a');
    await queue.prioritize(d, 1);
    await queue.prioritize(e, 2);
    for (const name of ['a', 'e', 'd']) {
      await isRunning(name);
      finish(name);
    }
    await isRunning('b');
  });

  it('starts a file that somebody waits for in an extra slot, however busy it is', async () => {
    await fill({ live, parallel: 2 });
    await isRunning('a', 'b');
    ask('f');
    ask('f');
    await isRunning('a', 'b', 'f');
    ask('e');
    await isRunning('a', 'b', 'e', 'f');
    ask('d');
    finish('a');
    await isRunning('b', 'd', 'e', 'f');
    expect(world.started).toEqual(['a', 'b', 'f', 'e', 'd']);
  });

  it('keeps files on demand until somebody asks for them', async () => {
    const { queue, items } = await fill({ live }, NAMES, { onDemand: true });
    await queue.idle();
    expect(world.started).toEqual([]);
    expect(queue.progress.files).toBe(0);
    ask('d');
    await isRunning('d');
    finish('d');
    await expect.poll(() => items[3]?.state.type).toBe('sent');
    expect(world.started).toEqual(['d']);
    await expect(fill({}, NAMES, { onDemand: true })).rejects.toThrow('Live connection');
  });

  it('does not send what was removed meanwhile or is stored already', async () => {
    const { queue, items } = await fill({ live, parallel: 1 });
    await isRunning('a');
    world.states.set('b', 'removed');
    world.states.set('c', 'uploaded');
    const file = { sharename: '4Xq81Rb', fileid: world.fileid('d'), filename: 'd' };
    live.emit({ type: 'violatedterms', reason: 'spam', ...file });
    finish('a');
    await isRunning('e');
    expect(statesOf(items)).toEqual(['sent', 'skipped', 'sent', 'skipped', 'sending', 'waiting']);
    expect(queue.progress).toMatchObject({ files: 4, done: 2, total: 16, sent: 8 });
  });

  it('pauses one file, lets the next one go, and goes on with it later', async () => {
    const { queue, items } = await fill({ parallel: 1 });
    const [a] = items;
    if (!a) throw new Error('the items are there');
    await isRunning('a');
    queue.pause(a);
    await isRunning('b');
    expect(a.state.type).toBe('paused');
    queue.resume(a);
    finish('b');
    await isRunning('a');
  });

  it('pauses as a whole and goes on where it was', async () => {
    const { queue, items } = await fill();
    await isRunning('a', 'b', 'c');
    queue.pause();
    await isRunning();
    expect(new Set(statesOf(items))).toEqual(new Set(['waiting']));
    queue.resume();
    await isRunning('a', 'b', 'c');
  });

  it('cancels one file or all, and is idle then', async () => {
    const { queue, items } = await fill();
    await isRunning('a', 'b', 'c');
    finish('a');
    queue.cancel(items[1]);
    await isRunning('c', 'd', 'e');
    queue.cancel();
    await queue.idle();
    await isRunning();
    expect(statesOf(items)).toEqual(['sent', ...Array(5).fill('cancelled')]);
  });

  it('keeps a failed file for another try, and takes it up itself when only the network was gone', async () => {
    const { queue, items } = await fill({ live }, ['a', 'b']);
    await isRunning('a', 'b');
    const [lost, broken] = [new NetworkError('gone'), new Error('broken')];
    world.running.get('a')?.fail(lost);
    world.running.get('b')?.fail(broken);
    await queue.idle();
    expect(items.map(({ state }) => state)).toEqual([
      { type: 'failed', error: lost },
      { type: 'failed', error: broken },
    ]);
    live.emit({ type: 'connected' });
    await isRunning('a');
    queue.resume(items[1]);
    await isRunning('a', 'b');
  });

  it('says how far it is, how fast and how long it takes yet', async () => {
    const { queue } = await fill({}, ['a', 'b']);
    await isRunning('a', 'b');
    const report = (sent: number, resumedFrom?: number) =>
      world.running.get('a')?.options.onProgress?.({
        phase: 'sending',
        sent,
        total: 4,
        attempt: 1,
        ...(resumedFrom !== undefined && { resumedFrom }),
      });
    expect(queue.progress).toMatchObject({ sent: 0, total: 8, speed: 0, timeLeft: undefined });
    report(1);
    clock.advance(2_000);
    report(3);
    expect(queue.progress).toMatchObject({ sent: 3, total: 8, speed: 1.5 });
    expect(queue.progress.timeLeft).toBeCloseTo((5 / 1.5) * 1000);
    clock.advance(10_000);
    report(0);
    report(2, 2);
    expect(queue.progress).toMatchObject({ sent: 2, speed: 0, timeLeft: undefined });
  });

  it('tells of every change to listeners and iterations until it is closed', async () => {
    const queue = new UploadQueue(world.gett, { clock });
    const states: string[] = [];
    queue.on('change', ({ item }) => states.push(item.state.type));
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of queue) types.push(type);
    })();
    await queue.add(await world.gett.shares.create(), filesOf(['a']));
    await isRunning('a');
    finish('a');
    await queue.idle();
    queue.close();
    await reading;
    expect(states).toEqual(['waiting', 'sending', 'sent']);
    expect(types).toEqual(['change', 'change', 'change', 'idle']);
  });

  describe('that is kept in a store', () => {
    it('goes on after a restart with what is not stored yet', async () => {
      const store = memoryStore();
      const { queue, items } = await fill({ store, parallel: 1 }, ['a', 'b', 'c']);
      const [, b, c] = items;
      if (!b || !c) throw new Error('the items are there');
      await isRunning('a');
      await queue.prioritize(c, 1);
      finish('a');
      await isRunning('c');
      queue.close();
      await isRunning();
      expect([...store.kept.keys()]).toEqual(['4Xq81Rb/1', '4Xq81Rb/2']);

      const next = new UploadQueue(world.gett, { clock, store, parallel: 1 });
      const restored = await next.restore(async ({ filename }) => new Blob([`of ${filename}`]));
      expect(restored.map(({ file, priority }) => [file.filename, priority])).toEqual([
        ['b', 0],
        ['c', 1],
      ]);
      await isRunning('c');
      finish('c');
      await isRunning('b');
      finish('b');
      await next.idle();
      expect(store.kept.size).toBe(0);
      expect(statesOf(restored)).toEqual(['sent', 'sent']);
    });

    it('takes no other file for the one whose upload began, and waits for one that is not at hand', async () => {
      const store = memoryStore();
      (await fill({ store }, ['a', 'b'])).queue.close();
      const next = new UploadQueue(world.gett, { clock, store });
      const restored = await next.restore(async ({ filename }) =>
        filename === 'a' ? new Blob(['another one']) : undefined,
      );
      expect(restored.map(({ state }) => state)).toMatchObject([
        { type: 'failed', error: { code: 'source-changed' } },
      ]);
      expect(store.kept.size).toBe(2);
    });

    it('is not believed when it holds something else, and all else goes on', async () => {
      const kept = memoryStore();
      (await fill({ store: kept }, ['a', 'b'])).queue.close();
      const damaged: Partial<Record<keyof StoredUpload, unknown>> = { file: { fileid: 7 } };
      const store: QueueStore = {
        ...kept,
        entries: async () => [damaged, ...(await kept.entries())],
      };
      const queue = new UploadQueue(world.gett, { clock, store });
      await expect(
        queue.restore(async ({ filename }) => new Blob([`of ${filename}`])),
      ).rejects.toThrow('upload.file.filename');
      expect(queue.items.map(({ file }) => file.filename)).toEqual(['a', 'b']);
    });
  });
});
