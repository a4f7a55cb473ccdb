import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskBlobStore } from '../../../../src/server/blobs/disk.ts';
import { OperatorError } from '../../../../src/server/errors.ts';
import { openMetadata } from '../../../../src/server/metadata/open.ts';
import type { FileKey, MetadataStore } from '../../../../src/server/metadata/store.ts';
import { recoverUploads } from '../../../../src/server/transfers/recovery.ts';

const log = pino({ level: 'silent' });
const BLOB = 'abcdef0123456789abcdef0123456789';

let folder: string;
let store: MetadataStore;
let blobs: DiskBlobStore;
let file: FileKey;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-recovery-'));
  store = await openMetadata(folder, { locked: false });
  blobs = await DiskBlobStore.open(folder);
  const user = { email: 'ada@example.org', fullname: 'Ada', passwordHash: 'x' };
  const owner = await store.accounts.addUser(user);
  const { shareId } = await store.shares.create(owner?.userId ?? 0, undefined);
  [file = { shareId, fileid: 0 }] =
    (await store.shares.addFiles(shareId, [{ filename: 'a.txt' }])) ?? [];
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const used = async () => (await store.accounts.userByEmail('ada@example.org'))?.storageUsed;

/** An upload as it is when the process dies: nothing of it is closed in good order. */
async function dieDuringUpload({ published }: { published: boolean }) {
  const writer = await blobs.create(BLOB);
  await store.uploads.begin({ ...file, blobId: BLOB, declaredSize: 5, defaultLimit: 100 });
  await writer.append([Buffer.from('bytes')]);
  if (published) await writer.publish(5);
  await writer.close();
}

test('bytes that were complete before the end are kept, and the last step is done', async () => {
  await dieDuringUpload({ published: true });
  await recoverUploads(store.uploads, await DiskBlobStore.open(folder), log);
  expect(await store.shares.file(file)).toMatchObject({
    state: 'uploaded',
    blob: { blobId: BLOB, size: 5 },
  });
  expect(await used()).toBe(5);
});

test('bytes that were not complete are dropped, and everything is as before the upload', async () => {
  await dieDuringUpload({ published: false });
  await recoverUploads(store.uploads, await DiskBlobStore.open(folder), log);
  const after = await store.shares.file(file);
  expect(after?.state).toBe('remote');
  expect(after).not.toHaveProperty('blob');
  expect([await used(), await readdir(path.join(folder, 'incoming'))]).toEqual([0, []]);
});

test('recovery that is interrupted can be done again', async () => {
  await dieDuringUpload({ published: true });
  await recoverUploads(store.uploads, blobs, log);
  await recoverUploads(store.uploads, blobs, log);
  expect(await used()).toBe(5);
});

test('stored files that the database does not know are not swept but reported', async () => {
  const writer = await blobs.create(BLOB);
  await writer.publish(0);
  await writer.close();
  await expect(recoverUploads(store.uploads, blobs, log)).rejects.toThrow(OperatorError);
  expect(await blobs.size(BLOB)).toBe(0);
});

test('a database whose files are gone is reported: perhaps a disk is not mounted', async () => {
  await dieDuringUpload({ published: true });
  await recoverUploads(store.uploads, blobs, log);
  await rm(path.join(folder, 'blobs'), { recursive: true });
  blobs = await DiskBlobStore.open(folder);
  await expect(recoverUploads(store.uploads, blobs, log)).rejects.toThrow(/mount or restore/);
});
