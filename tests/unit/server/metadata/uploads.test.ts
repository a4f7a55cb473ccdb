import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMetadata } from '../../../../src/server/metadata/open.ts';
import type { FileKey, MetadataStore } from '../../../../src/server/metadata/store.ts';

const defaultLimit = 100;

let folder: string;
let store: MetadataStore;
let ownerId: number;
let file: FileKey;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-metadata-'));
  store = await openMetadata(folder, { locked: false });
  const user = { email: 'ada@example.org', fullname: 'Ada', passwordHash: 'x' };
  ownerId = (await store.accounts.addUser(user))?.userId ?? 0;
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
const begin = (blobId: string, declaredSize?: number) =>
  store.uploads.begin({
    ...file,
    blobId,
    defaultLimit,
    ...(declaredSize !== undefined && { declaredSize }),
  });

test('a declared size is reserved at the start and settled at the end', async () => {
  expect(await begin('a', 60)).toMatchObject({ outcome: 'begun', ownerId, reserved: 60 });
  expect([await used(), await state()]).toEqual([60, 'uploading']);
  expect(await store.uploads.complete('a', 60)).toBe(true);
  expect([await used(), await state()]).toEqual([60, 'uploaded']);
});

test('an upload that breaks off gives everything back', async () => {
  await begin('a');
  expect(await store.uploads.reserve('a', 80, defaultLimit)).toBe(80);
  expect(await store.uploads.reserve('a', 80, defaultLimit)).toBe(20);
  expect(await store.uploads.reserve('a', 80, defaultLimit)).toBe(0);
  await store.uploads.breakOff('a', 'remote');
  expect([await used(), await state()]).toEqual([0, 'remote']);
  expect(await store.uploads.trash(10)).toEqual(['a']);
});

test('whoever was superseded can change nothing any more', async () => {
  await begin('older', 60);
  await begin('newer', 70);
  expect(await used()).toBe(70);
  expect(await store.uploads.reserve('older', 10, defaultLimit)).toBeUndefined();
  await store.uploads.breakOff('older', 'remote');
  expect(await store.uploads.complete('older', 60)).toBe(false);
  expect([await used(), await state()]).toEqual([70, 'uploading']);
  expect(await store.uploads.complete('newer', 70)).toBe(true);
  expect((await store.shares.file(file))?.blob).toMatchObject({ blobId: 'newer', size: 70 });
  expect(await store.uploads.trash(10)).toEqual(['older']);
});

test('an upload that does not fit leaves the running one alone', async () => {
  await begin('running', 60);
  expect(await begin('large', 101)).toEqual({ outcome: 'storagelimit' });
  expect([await used(), await state()]).toEqual([60, 'uploading']);
  expect(await store.uploads.complete('running', 60)).toBe(true);
});

test('a replacement swaps the bytes in one step and accounts for the difference', async () => {
  await begin('old', 60);
  await store.uploads.complete('old', 60);
  expect(await begin('new', 90)).toMatchObject({ replacedSize: 60, reserved: 30 });
  expect((await store.shares.file(file))?.blob?.blobId).toBe('old');
  await store.uploads.complete('new', 90);
  expect((await store.shares.file(file))?.blob?.blobId).toBe('new');
  expect(await used()).toBe(90);
  expect(await store.uploads.trash(10)).toEqual(['old']);
});

test('removing a share in the middle of an upload frees stored and reserved bytes', async () => {
  await begin('old', 30);
  await store.uploads.complete('old', 30);
  await begin('new', 90);
  await store.shares.remove(file.shareId);
  expect([await used(), await state()]).toEqual([0, 'removed']);
  expect((await store.uploads.trash(10)).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'new',
    'old',
  ]);
  expect(await store.uploads.complete('new', 90)).toBe(false);
  expect(await begin('again', 1)).toEqual({ outcome: 'gone' });
  expect(await used()).toBe(0);
});

test('the data folder opens again with everything in it', async () => {
  await begin('a', 60);
  await store.uploads.complete('a', 60);
  const secret = await store.secret();
  await store.close();
  store = await openMetadata(folder, { locked: false });
  expect([await used(), await state()]).toEqual([60, 'uploaded']);
  expect(await store.secret()).toEqual(secret);
});
