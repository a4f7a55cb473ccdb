import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMetadata } from '../../../../src/server/metadata/open.ts';
import type { FileKey, MetadataStore } from '../../../../src/server/metadata/store.ts';

const defaultLimit = 100;

let folder: string;
let store: MetadataStore;
let file: FileKey;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-small-'));
  store = await openMetadata(folder, { locked: false });
  const user = { email: 'ada@example.org', fullname: 'Ada', passwordHash: 'x' };
  const ownerId = (await store.accounts.addUser(user))?.userId ?? 0;
  const { shareId } = await store.shares.create(ownerId, undefined);
  [file = { shareId, fileid: 0 }] =
    (await store.shares.addFiles(shareId, [{ filename: 'a.txt' }])) ?? [];
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const used = async () => (await store.accounts.userByEmail('ada@example.org'))?.storageUsed;
const state = async () => (await store.shares.file(file))?.state;
const storeSmall = (blobId: string, size: number) =>
  store.uploads.storeSmall({ ...file, blobId, bytes: Buffer.alloc(size, blobId), defaultLimit });

test('the bytes, the state and the sum of storage come in one step', async () => {
  expect(await storeSmall('a', 60)).toEqual({ outcome: 'stored', discarded: false });
  expect([await used(), await state()]).toEqual([60, 'uploaded']);
  expect((await store.shares.file(file))?.blob).toMatchObject({ blobId: 'a', size: 60 });
  expect(await store.smallBlobs.read('a')).toEqual(Buffer.alloc(60, 'a'));
  expect(await store.uploads.blobCount()).toBe(0);
});

test('a replacement needs only what it has more, and the old bytes go to the trash', async () => {
  await storeSmall('a', 60);
  expect(await storeSmall('b', 90)).toEqual({ outcome: 'stored', discarded: true });
  expect([await used(), await store.uploads.trash(10)]).toEqual([90, ['a']]);
  await store.smallBlobs.remove('a');
  expect(await store.smallBlobs.read('a')).toBeUndefined();
});

test('bytes beyond the limit of the owner are refused, and stored ones stay', async () => {
  expect(await storeSmall('a', 101)).toEqual({ outcome: 'storagelimit' });
  expect([await used(), await state()]).toEqual([0, 'storagelimit']);
  await storeSmall('b', 60);
  expect(await storeSmall('c', 101)).toEqual({ outcome: 'storagelimit' });
  expect([await used(), await state()]).toEqual([60, 'uploaded']);
  expect(await store.smallBlobs.read('c')).toBeUndefined();
});

test('an upload that is under way loses the file and what it had reserved', async () => {
  await store.uploads.begin({ ...file, blobId: 'slow', declaredSize: 80, defaultLimit });
  expect(await storeSmall('a', 90)).toEqual({ outcome: 'stored', discarded: true });
  expect([await used(), await store.uploads.trash(10)]).toEqual([90, ['slow']]);
  expect(await store.uploads.complete('slow', 80)).toBe(false);
  expect((await store.shares.file(file))?.blob?.blobId).toBe('a');
  expect(await used()).toBe(90);
});

test('bytes of a file that has been removed are not stored', async () => {
  await store.shares.removeFile(file);
  expect(await storeSmall('a', 10)).toEqual({ outcome: 'gone' });
  expect([await used(), await store.smallBlobs.read('a')]).toEqual([0, undefined]);
});
