import 'fake-indexeddb/auto';
import { randomFillSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createProof, createProofStore } from '../../../../src/extension/jobs/proof.ts';

const MIB = 1024 * 1024;
const store = createProofStore();
const bytes = randomFillSync(new Uint8Array(20 * MIB));
const fileOf = (content: Uint8Array<ArrayBuffer>, name = 'film.bin') => new File([content], name);
const expected = { name: 'film.bin', size: bytes.length };
const silent = () => undefined;

/** Sends a part of the file for the first time, and loses the file. */
async function begin(id: string, end: number) {
  const proof = createProof({ id, bytes: fileOf(bytes), store });
  await proof.guard(silent).beforePart?.({ start: 0, end });
}

/** Chooses a file again and goes on with what the service has. */
function goOn(id: string, file: File, start: number, checking: (done: number) => void = silent) {
  const proof = createProof({ id, bytes: file, store, again: expected });
  expect(proof.doubtful).toBe(true);
  const going = proof.guard(checking).beforePart?.({ start, end: bytes.length });
  return { proof, going };
}

describe('a file that is chosen again', () => {
  it('goes on when everything the service has is the same', async () => {
    await begin('same', 12 * MIB);
    const seen: number[] = [];
    const { proof, going } = goOn('same', fileOf(bytes), 11 * MIB, (done) => seen.push(done));
    await going;
    expect(proof.doubtful).toBe(false);
    expect(seen).toEqual([8 * MIB, 16 * MIB]);
  });

  it('is the same one under another name', async () => {
    await begin('renamed', 12 * MIB);
    const { proof, going } = goOn('renamed', fileOf(bytes, 'moved.bin'), 1);
    await going;
    expect(proof.doubtful).toBe(false);
  });

  it.each([0, 9 * MIB])(
    'is another one when byte %i differs, for all its name and size',
    async (at) => {
      await begin(`differs-${at}`, 12 * MIB);
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const { proof, going } = goOn(`differs-${at}`, fileOf(changed), 10 * MIB);
      await expect(going).rejects.toMatchObject({ code: 'source-changed' });
      expect(proof.doubtful).toBe(true);
    },
  );

  it('is not taken for the same when nothing is known of what the service has', async () => {
    const { going } = goOn('unknown', fileOf(bytes), 4);
    await expect(going).rejects.toMatchObject({ code: 'source-changed' });
  });

  it('has to have the name and the size that were meant when the service has nothing', async () => {
    await goOn('nothing', fileOf(bytes), 0).going;
    await expect(goOn('nothing', fileOf(bytes, 'other.bin'), 0).going).rejects.toMatchObject({
      code: 'source-changed',
    });
  });

  it('is remembered before it is sent, so that no byte is unknown that the service has', async () => {
    await begin('first', 3 * MIB);
    expect((await store.get('first'))?.upTo).toBeGreaterThanOrEqual(3 * MIB);
  });
});
