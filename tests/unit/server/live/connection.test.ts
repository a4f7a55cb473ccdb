import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveConnection, POLICY_VIOLATION } from '../../../../src/server/live/connection.ts';
import { LiveHub } from '../../../../src/server/live/hub.ts';
import { LIVE_TIMING } from '../../../../src/server/live/timing.ts';
import type { Transport } from '../../../../src/server/live/transport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ADA = 1;
const connectText = (accesstoken: string, session = 'session-1') =>
  JSON.stringify({ type: 'connect', accesstoken, session });

function start() {
  const hub = new LiveHub();
  const sent: string[] = [];
  const closed: number[] = [];
  const transport: Transport = {
    send: (text) => sent.push(text),
    close: (code) => closed.push(code),
  };
  const tokens = new Set(['good']);
  const authorise = vi.fn(({ accesstoken }: { accesstoken: string }) =>
    Promise.resolve(tokens.has(accesstoken) ? ADA : undefined),
  );
  const log = pino({ level: 'silent' });
  const logged = vi.spyOn(log, 'error');
  const deps = { hub, timing: LIVE_TIMING, authorise, log };
  const connection = new LiveConnection(deps, transport);
  const isLive = (session = 'session-1') => hub.isLive({ ownerId: ADA, session });
  return { hub, sent, closed, tokens, authorise, logged, connection, isLive };
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

test('6.2 no connect within 30 seconds closes with 1008, whatever else is said', async () => {
  const { connection, closed } = start();
  await pass(20);
  connection.receive('ping');
  await pass(9.9);
  expect(closed).toEqual([]);
  await pass(0.2);
  expect(closed).toEqual([POLICY_VIOLATION]);
});

test('6.2 a token that expires later does not end the connection', async () => {
  const { connection, closed, tokens, isLive } = start();
  connection.receive(connectText('good'));
  await pass(1);
  tokens.clear();
  await pass(100);
  expect(closed).toEqual([]);
  expect(isLive()).toBe(true);
});

test('6.2 of many connects at once only the newest counts', async () => {
  const { connection, authorise, isLive } = start();
  for (let i = 0; i <= 1000; i++) connection.receive(connectText('good', `session-${i}`));
  await pass(0);
  expect(authorise).toHaveBeenCalledTimes(2);
  expect([isLive('session-0'), isLive('session-500'), isLive('session-1000')]).toEqual([
    false,
    false,
    true,
  ]);
});

test('a check that fails for a reason of the server closes too, and is logged', async () => {
  const { connection, authorise, closed, logged } = start();
  authorise.mockRejectedValueOnce(new Error('disk'));
  connection.receive(connectText('good'));
  await pass(0);
  expect(closed).toEqual([POLICY_VIOLATION]);
  expect(logged).toHaveBeenCalledOnce();
});

test('whatever fails when a client is let in ends its connection and nothing else', async () => {
  const { hub, connection, closed, logged } = start();
  hub.onPresence('session-1', () => {
    throw new Error('unforeseen');
  });
  connection.receive(connectText('good'));
  await pass(0);
  expect(closed).toEqual([POLICY_VIOLATION]);
  expect(logged).toHaveBeenCalledOnce();
});

test('who stops listening twice takes nobody else’s listener away', async () => {
  const { hub, connection } = start();
  const stop = hub.onPresence('session-1', () => undefined);
  stop();
  const heard = vi.fn();
  hub.onPresence('session-1', heard);
  stop();
  connection.receive(connectText('good'));
  await pass(0);
  expect(heard).toHaveBeenCalledOnce();
});

test('a client that goes while its token is checked is not connected afterwards', async () => {
  const { connection, isLive } = start();
  connection.receive(connectText('good'));
  connection.end(1001);
  await pass(0);
  expect(isLive()).toBe(false);
});

test('6.3 the server says ping each 60 seconds', async () => {
  const { connection, sent } = start();
  connection.receive(connectText('good'));
  for (let i = 0; i < 5; i++) {
    await pass(60);
    connection.receive('pong');
  }
  expect(sent).toEqual(['ping', 'ping', 'ping', 'ping', 'ping']);
});

test('6.3 the server closes when nothing has arrived for 150 seconds', async () => {
  const { connection, closed, isLive } = start();
  connection.receive(connectText('good'));
  await pass(100);
  connection.receive('pong');
  await pass(149.9);
  expect([closed, isLive()]).toEqual([[], true]);
  await pass(0.2);
  expect(closed).toHaveLength(1);
  expect(isLive()).toBe(false);
});

test('a closed connection leaves no timer behind', async () => {
  const { connection, hub } = start();
  connection.receive(connectText('good'));
  await pass(1);
  connection.end(1001);
  expect(vi.getTimerCount()).toBe(0);
  expect(hub.isEmpty).toBe(true);
});
