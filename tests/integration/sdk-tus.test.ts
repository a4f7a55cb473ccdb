import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileFromPath, type UploadProgress, uploadFile } from '../../src/sdk/node.ts';
import { type StockTusServer, stockTusServer } from '../support/stock-tus-server.ts';

const MIB = 1024 * 1024;

describe('a stock tus server', () => {
  let server: StockTusServer;
  beforeEach(async () => {
    server = await stockTusServer();
  });
  afterEach(() => server.stop());

  it.each([
    ['was told the length', { 'upload-length': String(3 * MIB) }],
    ['was not told the length yet', { 'upload-defer-length': '1' }],
  ])('takes a file when it %s', async (_, headers) => {
    const bytes = randomBytes(3 * MIB);
    const target = await server.create(headers);
    await uploadFile(target, new Blob([bytes]), { method: 'resumable' });
    expect((await server.stored(target)).equals(bytes)).toBe(true);
    expect(server.patches).toEqual([0]);
  });

  it('gets the rest, and only the rest, after the connection was cut', async () => {
    const bytes = randomBytes(64 * MIB);
    const folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-'));
    const file = path.join(folder, 'film.mkv');
    await writeFile(file, bytes);
    const target = await server.create({ 'upload-length': String(bytes.length) });
    let cuts = 0;
    const resumed: number[] = [];
    const onProgress = ({ sent, resumedFrom = 0 }: UploadProgress) => {
      if (resumedFrom > (resumed.at(-1) ?? 0)) resumed.push(resumedFrom);
      if (cuts >= 2 || sent <= resumedFrom + 8 * MIB) return;
      cuts += 1;
      server.cut();
    };
    const clock = { now: () => Date.now(), random: () => 1, sleep: async () => undefined };
    await uploadFile(target, await fileFromPath(file), { method: 'resumable', onProgress, clock });
    await rm(folder, { recursive: true });
    expect((await server.stored(target)).equals(bytes)).toBe(true);
    expect(cuts).toBe(2);
    expect(resumed.length).toBeGreaterThan(0);
    expect(server.patches).toEqual(server.patches.toSorted((a, b) => a - b));
    expect(server.patches.at(-1)).toBe(resumed.at(-1));
  });
});
