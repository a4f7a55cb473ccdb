import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BasicClient, SmartFileTaskError } from '../../../../src/sdk/smartfile/index.ts';
import { QuickClock } from '../../../support/smartfile/clock.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let clock: QuickClock;
let client: BasicClient;

beforeEach(async () => {
  service = await startSmartFile();
  clock = new QuickClock();
  client = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl, clock });
});
afterEach(() => service.stop());

const uuid = '0e5ab5b7-0000-4000-8000-000000000005';

function answer(task: object): void {
  service.script({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ uuid, ...task }),
  });
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('the task must fail'),
    (reason: unknown) => reason,
  );

describe('waiting for a task', () => {
  it('polls ever more slowly, at most every six seconds', async () => {
    for (let poll = 0; poll < 7; poll += 1) answer({ result: { status: 'PROGRESS', result: {} } });
    answer({ result: { status: 'SUCCESS', result: {} } });
    await client.tasks.wait(uuid);
    expect(clock.waits).toEqual([200, 400, 800, 1_600, 3_200, 6_000, 6_000, 6_000]);
  });

  it.each(['PENDING', 'PROGRESS', 'STARTED', 'RETRY'])('goes on while it is %s', async (status) => {
    answer({ result: { status } });
    answer({ result: { status: 'SUCCESS' } });
    expect(await client.tasks.wait(uuid)).toMatchObject({ result: { status: 'SUCCESS' } });
    expect(service.log).toHaveLength(2);
  });

  it('reads the status where older answers put it', async () => {
    answer({ status: 'PENDING', result: null });
    answer({ status: 'SUCCESS', result: 'some text' });
    expect(await client.tasks.wait(uuid)).toMatchObject({ status: 'SUCCESS' });
  });

  it('prefers the status of the result', async () => {
    answer({ status: 'SUCCESS', result: { status: 'PENDING' } });
    answer({ status: 'PENDING', result: { status: 'SUCCESS' } });
    await client.tasks.wait(uuid);
    expect(service.log).toHaveLength(2);
  });

  it('is done when the map of errors is empty', async () => {
    answer({ result: { status: 'SUCCESS', result: { errors: {} } } });
    expect(await client.tasks.wait(uuid)).toMatchObject({ uuid });
  });

  it('keeps members that it does not know', async () => {
    answer({ owner: 'x', result: { status: 'SUCCESS', result: { dst: '/b' }, more: 1 } });
    expect(await client.tasks.wait(uuid)).toEqual({
      uuid,
      owner: 'x',
      result: { status: 'SUCCESS', result: { dst: '/b' }, more: 1 },
    });
  });

  it.each(['FAILURE', 'REVOKED'])(
    'rejects with the messages when it ends as %s',
    async (status) => {
      answer({ result: { status, result: { errors: { '/a': 'No space left' } } } });
      const error = await failure(client.tasks.wait(uuid));
      expect(error).toBeInstanceOf(SmartFileTaskError);
      expect(error).toMatchObject({ uuid, reason: 'failed', errors: { '/a': 'No space left' } });
    },
  );

  it('rejects a failure that names no path', async () => {
    answer({ result: { status: 'FAILURE', result: 'Traceback' } });
    expect(await failure(client.tasks.wait(uuid))).toMatchObject({ reason: 'failed', errors: {} });
  });

  it('rejects a status that it does not know, and none at all', async () => {
    answer({ result: { status: 'PAUSED' } });
    expect(await failure(client.tasks.wait(uuid))).toMatchObject({ reason: 'unexpected' });
    answer({});
    expect(await failure(client.tasks.wait(uuid))).toMatchObject({ reason: 'unexpected' });
  });

  it('gives up after six and a half minutes without ending the task', async () => {
    service.state.pollsPerTask = Number.POSITIVE_INFINITY;
    service.files.write('/a.txt', Buffer.from('a'));
    const begun = clock.now();
    const { wait } = await client.path.copy('/a.txt', '/b.txt');
    expect(await failure(wait())).toMatchObject({ reason: 'timeout', code: 'timeout' });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(390_000);
    expect(clock.now() - begun).toBeLessThan(400_000);
  });

  it('waits without end when it is asked to', async () => {
    const real = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl });
    answer({ result: { status: 'SUCCESS' } });
    expect(await real.tasks.wait(uuid, { timeout: Infinity })).toMatchObject({ uuid });
  });

  it('follows the service when a poll is throttled', async () => {
    service.script({ status: 429, headers: { 'Retry-After': '5' } });
    answer({ result: { status: 'SUCCESS' } });
    await client.tasks.wait(uuid);
    expect(clock.waits).toEqual([200, 5_000]);
  });

  it('can be aborted between polls', async () => {
    const reason = new Error('enough');
    const slow = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl });
    const signal = AbortSignal.abort(reason);
    await expect(slow.tasks.wait(uuid, { signal })).rejects.toBe(reason);
    expect(service.log).toEqual([]);
  });

  it('can be aborted during a poll', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('cut')));
        controller.abort(reason);
      });
    const hanging = new BasicClient({ ...service.credentials, clock, fetch });
    await expect(hanging.tasks.wait(uuid, { signal: controller.signal })).rejects.toBe(reason);
  });
});
