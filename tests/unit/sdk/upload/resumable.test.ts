import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  fetchTransport,
  type UploadOptions,
  type UploadProgress,
  uploadFile,
} from '../../../../src/sdk/index.ts';
import { fileFromPath } from '../../../../src/sdk/node.ts';
import { answer, type FaultServer, faultServer } from '../../../support/fault-server.ts';
import {
  type StrictTusServer,
  strictTusServer,
  type TusFault,
} from '../../../support/tus-server.ts';

const MIB = 1024 * 1024;

describe('a resumable upload', () => {
  let server: StrictTusServer;
  let plain: FaultServer | undefined;
  let pauses: number[];
  let seen: UploadProgress[];
  let options: UploadOptions;

  beforeEach(() => {
    pauses = [];
    seen = [];
    options = {
      method: 'resumable',
      onProgress: (progress) => seen.push(progress),
      clock: {
        now: () => Date.now(),
        random: () => 1,
        async sleep(milliseconds, signal) {
          signal?.throwIfAborted();
          pauses.push(milliseconds);
        },
      },
    };
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.stop();
    await plain?.stop();
    plain = undefined;
  });

  const start = async (faults: (TusFault | undefined)[] = [], length?: number) => {
    server = await strictTusServer(faults, length);
    return {
      puturl: server.puturl,
      posturl: `${server.puturl}&post`,
      resumable: 'tus-1.0',
    } as const;
  };

  it('asks what is stored, says the length once, and sends all the rest in one request', async () => {
    const bytes = randomBytes(3 * MIB);
    await uploadFile(await start(), new Blob([bytes]), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0']);
    expect(server.stored().equals(bytes)).toBe(true);
    expect(seen.at(-1)).toEqual({
      phase: 'done',
      sent: bytes.length,
      total: bytes.length,
      attempt: 1,
    });
  });

  it('goes on from the server’s offset after a cut, and its progress says so', async () => {
    const bytes = randomBytes(3 * MIB);
    await uploadFile(await start([{ keep: MIB, end: 'cut' }]), new Blob([bytes]), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD', `PATCH ${MIB}`]);
    expect(server.stored().equals(bytes)).toBe(true);
    expect(seen.find(({ attempt }) => attempt === 2)).toMatchObject({
      phase: 'sending',
      sent: MIB,
      resumedFrom: MIB,
    });
    const second = seen.filter(({ attempt }) => attempt === 2).map(({ sent }) => sent);
    expect(second).toEqual(second.toSorted((a, b) => a - b));
  });

  it('believes the server, not itself, when sent bytes were lost', async () => {
    const bytes = randomBytes(2 * MIB);
    await uploadFile(await start([{ keep: 0, end: 'cut' }]), new Blob([bytes]), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD', 'PATCH 0']);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it('is never lost while each try gets a little further, however many it takes', async () => {
    const bytes = randomBytes(2 * MIB);
    const faults = Array.from({ length: 15 }, () => ({ keep: 100_000, end: 'cut' }) as const);
    await uploadFile(await start(faults), new Blob([bytes]), { ...options, retries: 2 });
    expect(server.stored().equals(bytes)).toBe(true);
    expect(new Set(pauses)).toEqual(new Set([1_000]));
  });

  it('gives up when tries do not get any further', async () => {
    const target = await start(Array.from({ length: 9 }, () => ({ refuse: 500 })));
    await expect(
      uploadFile(target, new Blob(['x']), { ...options, retries: 2 }),
    ).rejects.toMatchObject({ code: 'server', status: 500 });
    expect(pauses).toEqual([1_000, 2_000]);
  });

  it.each([409, 423, 460])('asks for the offset again after status %i', async (status) => {
    await uploadFile(await start([{ refuse: status }]), new Blob(['draft']), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD', 'PATCH 0']);
    expect(server.stored().toString()).toBe('draft');
  });

  it('is over at once when everything is stored: nothing is sent again', async () => {
    const target = await start();
    await uploadFile(target, new Blob(['draft']), options);
    await uploadFile(target, new Blob(['draft']), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD']);
    expect(seen.at(-1)).toMatchObject({ phase: 'done', sent: 5, resumedFrom: 5 });
  });

  it('completes an empty file by saying its length', async () => {
    await uploadFile(await start(), new Blob([]), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0']);
  });

  it('goes on in pieces when asked to, and still says the length only once', async () => {
    const bytes = randomBytes(MIB);
    await uploadFile(await start(), new Blob([bytes]), { ...options, chunkSize: 400_000 });
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'PATCH 400000', 'PATCH 800000']);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it('sends slices of 8 MiB where only answers tell of progress', async () => {
    const bytes = randomBytes(9 * MIB);
    const transport = fetchTransport(fetch);
    let time = 0;
    const clock = { now: () => (time += 1_000), random: () => 1, sleep: async () => undefined };
    await uploadFile(await start(), new Blob([bytes]), { ...options, transport, clock });
    expect(server.log).toEqual(['HEAD', 'PATCH 0', `PATCH ${8 * MIB}`]);
    expect(seen.map(({ sent }) => sent)).toContain(8 * MIB);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it('does not add a file to the beginning of another one', async () => {
    const target = await start([], 7);
    await expect(uploadFile(target, new Blob(['draft']), options)).rejects.toMatchObject({
      code: 'source-changed',
    });
    expect(server.log).toEqual(['HEAD']);
  });

  it('gives up a try in which nothing moves and goes on from what arrived', async () => {
    const bytes = randomBytes(MIB / 16);
    const target = await start([{ keep: 1_000, end: 'silence' }]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sending = uploadFile(target, new Blob([bytes]), { ...options, stallTimeout: 100 });
    await expect.poll(() => server.stored().length).toBe(1_000);
    // What is in the network’s buffers is waited for at 32 KiB a second.
    vi.advanceTimersByTime(3_000);
    await sending;
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD', 'PATCH 1000']);
    expect(server.stored().equals(bytes)).toBe(true);
  });

  it('is what large files get by themselves, and small ones do not', async () => {
    const target = await start();
    const reply = answer(200, 'computer says yes');
    plain = await faultServer(reply);
    const mixed = { ...target, posturl: `${plain.origin}/post` };
    const byItself: UploadOptions = { resumableFrom: 1_000 };
    await uploadFile(mixed, new Blob(['x'.repeat(999)]), byItself);
    expect([plain.requests.length, server.log.length]).toEqual([1, 0]);
    await uploadFile(mixed, new Blob(['x'.repeat(1_000)]), byItself);
    expect([plain.requests.length, server.log.length]).toEqual([1, 2]);
  });

  it('falls back to one POST where the service does not offer it', async () => {
    const { puturl } = await start();
    plain = await faultServer(answer(200, 'computer says yes'));
    await uploadFile({ puturl, posturl: `${plain.origin}/post` }, new Blob(['draft']), options);
    expect(plain.requests.map(({ method }) => method)).toEqual(['POST']);
    expect(server.log).toEqual([]);
  });

  it('says so when the address is not one of a resumable upload', async () => {
    await start();
    plain = await faultServer(answer(200, '<html>hotel network</html>'));
    const target = { puturl: plain.origin, posturl: plain.origin, resumable: 'tus-1.0' } as const;
    await expect(uploadFile(target, new Blob(['x']), options)).rejects.toMatchObject({
      code: 'invalid-answer',
      endpoint: 'HEAD upload',
    });
  });

  it('reads a file of this computer from the offset on, and any other source past it', async () => {
    const bytes = randomBytes(2 * MIB);
    const folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-'));
    try {
      const file = path.join(folder, 'film.mkv');
      await writeFile(file, bytes);
      await uploadFile(
        await start([{ keep: 700_001, end: 'cut' }]),
        await fileFromPath(file),
        options,
      );
      expect(server.stored().equals(bytes)).toBe(true);
      await server.stop();

      const source = {
        size: bytes.length,
        async *stream() {
          for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
        },
      };
      await uploadFile(await start([{ keep: 700_001, end: 'cut' }]), source, options);
      expect(server.stored().equals(bytes)).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('never completes a file that was written to before the rest was sent', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-'));
    try {
      const file = path.join(folder, 'film.mkv');
      await writeFile(file, randomBytes(2 * MIB));
      // File systems tell times apart only so far, and the next writing follows at once.
      await utimes(file, 1, 1);
      const source = await fileFromPath(file);
      const target = await start([{ keep: MIB, end: 'cut' }]);
      options.clock = {
        now: () => Date.now(),
        random: () => 1,
        sleep: () => writeFile(file, randomBytes(2 * MIB)),
      };
      await expect(uploadFile(target, source, options)).rejects.toMatchObject({
        code: 'source-changed',
      });
      expect(server.stored().length).toBeLessThan(2 * MIB);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('rejects with the reason of the signal and can be taken up again by a later call', async () => {
    const bytes = randomBytes(2 * MIB);
    const target = await start([{ keep: MIB, end: 'silence' }]);
    const controller = new AbortController();
    const reason = new Error('closed the lid');
    const first = uploadFile(target, new Blob([bytes]), { ...options, signal: controller.signal });
    await expect.poll(() => server.stored().length).toBe(MIB);
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    await uploadFile(target, new Blob([bytes]), options);
    expect(server.log).toEqual(['HEAD', 'PATCH 0', 'HEAD', `PATCH ${MIB}`]);
    expect(server.stored().equals(bytes)).toBe(true);
  });
});
