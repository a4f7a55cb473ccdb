import { mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Clock,
  fetchTransport,
  type UploadProgress,
  uploadFile,
} from '../../../../src/sdk/index.ts';
import { fileFromPath } from '../../../../src/sdk/node.ts';
import {
  answer,
  cut,
  type FaultServer,
  faultServer,
  type Step,
} from '../../../support/fault-server.ts';

const yes = answer(200, 'computer says yes');
const SIGNATURE = 'w-secret77c1';

describe('sending a file', () => {
  let server: FaultServer;
  let pauses: number[];
  let clock: Clock;

  beforeEach(() => {
    pauses = [];
    clock = {
      now: () => Date.now(),
      random: () => 1,
      async sleep(milliseconds, signal) {
        signal?.throwIfAborted();
        pauses.push(milliseconds);
      },
    };
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.stop();
  });

  const start = async (...script: [Step, ...Step[]]) => {
    server = await faultServer(...script);
    return {
      puturl: `${server.origin}/4Xq81Rb/plan.txt?sig=${SIGNATURE}`,
      posturl: `${server.origin}/4Xq81Rb/?filename=plan.txt&sig=${SIGNATURE}`,
    };
  };

  it('says the exact length of a multipart body and keeps the file name as browsers write it', async () => {
    const target = await start(yes);
    await uploadFile(target, new Blob(['draft\n'], { type: 'text/plain' }), {
      name: 'a "b"\nü.txt',
      clock,
    });
    const [request] = server.requests;
    expect(Number(request?.headers['content-length'])).toBe(request?.body.length);
    const body = Buffer.from(request?.body ?? '', 'latin1').toString('utf8');
    expect(body).toContain(
      'name="file"; filename="a %22b%22%0Aü.txt"\r\nContent-Type: text/plain\r\n\r\ndraft\n\r\n--',
    );
  });

  it('sends the bare bytes with their length by PUT', async () => {
    const target = await start(yes);
    await uploadFile(target, new Blob(['draft\n']), { method: 'put', clock });
    expect(server.requests[0]).toMatchObject({ method: 'PUT', body: 'draft\n' });
    expect(server.requests[0]?.headers['content-length']).toBe('6');
  });

  it('starts again from the first byte after a lost connection, and says so in the progress', async () => {
    const target = await start(cut(100_000), cut(), yes);
    const seen: UploadProgress[] = [];
    const bytes = new Blob([new Uint8Array(300_000)]);
    await uploadFile(target, bytes, {
      method: 'put',
      clock,
      onProgress: (progress) => seen.push(progress),
    });
    expect(server.requests[2]?.body.length).toBe(300_000);
    expect(seen.findLast(({ phase }) => phase === 'sending')?.attempt).toBe(3);
    expect(seen.filter(({ attempt, sent }) => attempt === 3 && sent === 0)).not.toEqual([]);
    expect(seen.at(-1)).toEqual({ phase: 'done', sent: 300_000, total: 300_000, attempt: 3 });
    expect(pauses).toEqual([1_000, 2_000]);
  });

  it('waits as long as the server asks before it tries again', async () => {
    const target = await start(answer(503, 'busy', { 'retry-after': '7' }), yes);
    await uploadFile(target, new Blob(['x']), { clock });
    expect(pauses).toEqual([7_000]);
  });

  it('gives up after the last try with the last failure', async () => {
    const target = await start(answer(500, 'broken'));
    const error = await uploadFile(target, new Blob(['x']), { clock, retries: 2 }).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({
      name: 'ServerError',
      code: 'server',
      status: 500,
      retryable: true,
    });
    expect(server.requests.length).toBe(3);
  });

  it.each([
    [403, 'access-denied'],
    [404, 'not-found'],
    [413, 'storage-limit'],
  ])('does not try again after %i', async (status, code) => {
    const target = await start(answer(status, { error: 'no' }));
    await expect(uploadFile(target, new Blob(['x']), { clock })).rejects.toMatchObject({
      code,
      status,
    });
    expect(server.requests.length).toBe(1);
  });

  it('learns of a refusal that comes before the body has been read', async () => {
    const target = await start((request, response) => {
      response.writeHead(413, { connection: 'close' }).end('{"error":"storage limit exceeded"}');
      request.resume();
    });
    const bytes = new Blob([new Uint8Array(5_000_000)]);
    await expect(uploadFile(target, bytes, { clock })).rejects.toMatchObject({
      code: 'storage-limit',
    });
  });

  it('does not believe a 200 that is not the reply of a Ge.tt service', async () => {
    const target = await start(answer(200, '<html>Please log in to the hotel network</html>'));
    await expect(uploadFile(target, new Blob(['x']), { clock })).rejects.toMatchObject({
      code: 'invalid-answer',
    });
  });

  it('gives up a try in which nothing moves, and sends the file by the next', async () => {
    const target = await start(() => undefined, yes);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sending = uploadFile(target, new Blob(['x']), { clock, stallTimeout: 100 });
    await expect.poll(() => server.requests.length).toBe(1);
    vi.advanceTimersByTime(1_000);
    await sending;
    expect(server.requests.length).toBe(2);
  });

  /** A target that has the whole request and keeps its answer back until it is told to give it. */
  const startHolding = async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const target = await start(async (request, response) => {
      await held;
      await yes(request, response);
    });
    return { target, release };
  };

  it('gives what lies in the network’s buffers time to arrive before it calls the answer late', async () => {
    const { target, release } = await startHolding();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const phases: string[] = [];
    const onProgress = ({ phase }: UploadProgress) => phases.push(phase);
    const bytes = new Blob([new Uint8Array(65_536)]);
    const sending = uploadFile(target, bytes, { clock, stallTimeout: 100, onProgress });
    await expect.poll(() => phases.at(-1)).toBe('finishing');
    // 64 KiB at the slowest speed take two seconds.
    vi.advanceTimersByTime(2_000);
    release();
    await sending;
    expect(server.requests.length).toBe(1);
  });

  it('waits a file’s time when the transport tells nothing of its progress', async () => {
    const { target, release } = await startHolding();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const bytes = new Blob([new Uint8Array(65_536)]);
    const transport = fetchTransport(fetch);
    const sending = uploadFile(target, bytes, { clock, stallTimeout: 100, transport });
    await expect.poll(() => server.requests[0]?.body.length).toBeGreaterThan(bytes.size);
    vi.advanceTimersByTime(2_000);
    release();
    await sending;
    expect(server.requests.length).toBe(1);
  });

  it('does not take a source that cannot be read for a lost connection', async () => {
    const target = await start(yes);
    const source = {
      size: 10,
      async *stream() {
        yield new Uint8Array(5);
        throw new Error('disk is gone');
      },
    };
    await expect(uploadFile(target, source, { clock })).rejects.toMatchObject({
      code: 'source-changed',
      cause: { message: 'disk is gone' },
    });
    expect(pauses).toEqual([]);
  });

  it('rejects with the very reason of the signal, also between two tries', async () => {
    const target = await start(answer(500, 'broken'));
    const controller = new AbortController();
    const reason = new Error('enough');
    clock.sleep = async () => controller.abort(reason);
    await expect(
      uploadFile(target, new Blob(['x']), { clock, signal: controller.signal }),
    ).rejects.toBe(reason);
  });

  it('never shows a signature in an error', async () => {
    const target = await start(cut());
    const error = await uploadFile(target, new Blob(['x']), { clock, retries: 0 }).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: 'network', url: `${server.origin}/4Xq81Rb/plan.txt` });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SIGNATURE);
  });

  it('sends a bare stream once and does not pretend that it could be sent again', async () => {
    const target = await start(cut());
    const stream = new Blob(['once']).stream();
    await expect(uploadFile(target, stream, { clock })).rejects.toMatchObject({ code: 'network' });
    expect(server.requests.length).toBe(1);
  });

  describe('a file of this computer', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('is read anew for each try', async () => {
      const target = await start(answer(500, 'broken'), yes);
      const file = path.join(folder, 'plan.txt');
      await writeFile(file, 'from the disk');
      await uploadFile(target, await fileFromPath(file), { method: 'put', clock });
      expect(server.requests.map(({ body }) => body)).toEqual(['from the disk', 'from the disk']);
    });

    it('that is written to meanwhile never completes, though its size is the same', async () => {
      const target = await start(yes);
      const file = path.join(folder, 'plan.txt');
      await writeFile(file, 'x'.repeat(500_000));
      const source = await fileFromPath(file);
      await writeFile(file, 'y'.repeat(500_000));
      await utimes(file, 1, 1);
      await expect(uploadFile(target, source, { clock })).rejects.toMatchObject({
        code: 'source-changed',
      });
    });

    it('that is deleted meanwhile is not taken for a lost connection', async () => {
      const target = await start(yes);
      const file = path.join(folder, 'plan.txt');
      await writeFile(file, 'x');
      const source = await fileFromPath(file);
      await rm(file);
      await expect(uploadFile(target, source, { clock })).rejects.toMatchObject({
        code: 'source-changed',
      });
    });

    it('that has become shorter meanwhile is not sent as something else', async () => {
      const target = await start(yes);
      const file = path.join(folder, 'plan.txt');
      await writeFile(file, 'x'.repeat(500_000));
      const source = await fileFromPath(file);
      await truncate(file, 1_000);
      await expect(uploadFile(target, source, { clock })).rejects.toMatchObject({
        code: 'source-changed',
      });
    });
  });
});
