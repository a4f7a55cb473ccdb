import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DiskBlobStore } from '../../../../src/server/blobs/disk.ts';
import { openMetadata } from '../../../../src/server/metadata/open.ts';
import type { FileKey, MetadataStore } from '../../../../src/server/metadata/store.ts';
import {
  OffsetMismatchError,
  ServerStoppingError,
  UploadPausedError,
} from '../../../../src/server/transfers/errors.ts';
import { ResumableUploads } from '../../../../src/server/transfers/resumable.ts';

const DAY = 24 * 60 * 60 * 1000;
const MIB = 1024 * 1024;

let folder: string;
let store: MetadataStore;
let uploads: ResumableUploads;
let file: FileKey;
/** How far the clock of the server is ahead of ours; milliseconds. */
let ahead = 0;

function openUploads(blobs: DiskBlobStore): ResumableUploads {
  return new ResumableUploads({
    ...store,
    blobs,
    log: pino({ level: 'silent' }),
    defaultLimit: 1_000_000_000,
    onTrash: () => undefined,
    observer: { sizeKnown: () => undefined, storageLimit: () => undefined },
    now: () => Date.now() + ahead,
  });
}

beforeEach(async () => {
  ahead = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'gett-resumable-'));
  store = await openMetadata(folder, { locked: false });
  uploads = openUploads(await DiskBlobStore.open(folder));
  const user = { email: 'ada@example.org', fullname: 'Ada', passwordHash: 'x' };
  const owner = await store.accounts.addUser(user);
  const { shareId } = await store.shares.create(owner?.userId ?? 0, undefined);
  [file = { shareId, fileid: 0 }] =
    (await store.shares.addFiles(shareId, [{ filename: 'a.bin' }])) ?? [];
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await uploads.idle();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const used = async () => (await store.accounts.userByEmail('ada@example.org'))?.storageUsed;
const offset = async () => (await store.shares.file(file))?.unfinished?.offset;

/** Waits without a timer, because those are under the test's control. */
async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setImmediate(resolve));
}

function sendPart(bytes: Buffer, { at = 0, length = 100 } = {}) {
  const body = Readable.from([bytes]);
  return uploads.receivePart(file, { offset: at, length, body, accepted: () => undefined });
}

describe('a resumable upload that nobody goes on with', () => {
  test('is kept for seven days and then dropped, with its bytes and its reservation', async () => {
    await sendPart(Buffer.from('part'));
    // Between its parts it stays open for a minute; a later process knows the stored bytes only.
    uploads = openUploads(await DiskBlobStore.open(folder));
    ahead = 7 * DAY - 60_000;
    await uploads.dropStale();
    expect([await offset(), await used()]).toEqual([4, 100]);

    ahead = 7 * DAY + 60_000;
    await uploads.dropStale();
    expect(await store.shares.file(file)).toMatchObject({ state: 'remote' });
    expect([await offset(), await used()]).toEqual([undefined, 0]);
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  });

  test('counts the days from its last progress, not from its beginning', async () => {
    await sendPart(Buffer.from('part'));
    uploads = openUploads(await DiskBlobStore.open(folder));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * DAY });
    await sendPart(Buffer.from('more'), { at: 4 });
    uploads = openUploads(await DiskBlobStore.open(folder));
    ahead = 6 * DAY;
    await uploads.dropStale();
    expect(await offset()).toBe(8);
    ahead = 8 * DAY;
    await uploads.dropStale();
    expect(await offset()).toBeUndefined();
  });

  describe('until the list of those has been made', () => {
    const old = 4 * DAY;
    beforeEach(async () => {
      await sendPart(Buffer.from('part'));
      uploads = openUploads(await DiskBlobStore.open(folder));
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + old });
      ahead = old;
    });

    /** Drops what is stale; something happens between the list and that. */
    async function dropAfter(work: () => Promise<unknown>): Promise<void> {
      const stale = store.uploads.stale.bind(store.uploads);
      vi.spyOn(store.uploads, 'stale').mockImplementationOnce(async (before, limit) => {
        const listed = await stale(before, limit);
        expect(listed).toHaveLength(1);
        await work();
        return listed;
      });
      await uploads.dropStale();
    }

    test('is kept when it is complete by then', async () => {
      await dropAfter(() => sendPart(Buffer.alloc(96, 'b'), { at: 4 }));
      const { state, blob } = (await store.shares.file(file)) ?? {};
      expect(state).toBe('uploaded');
      const reader = await (await DiskBlobStore.open(folder)).open(blob?.blobId ?? '');
      expect(await text(reader.stream())).toBe(`part${'b'.repeat(96)}`);
      expect(await used()).toBe(100);
    });

    test('is kept when some of it has come by then', async () => {
      await dropAfter(async () => {
        await sendPart(Buffer.from('more'), { at: 4 });
        uploads.cut(() => true, new ServerStoppingError());
        expect(uploads.running(file)).toBeUndefined();
      });
      expect(await offset()).toBe(8);
      uploads = openUploads(await DiskBlobStore.open(folder));
      expect(await sendPart(Buffer.alloc(92, 'b'), { at: 8 })).toBe(100);
    });
  });

  test('is complete when only its last step had failed', async () => {
    await sendPart(Buffer.alloc(4, 'a'));
    vi.spyOn(store.uploads, 'complete').mockRejectedValueOnce(new Error('database is full'));
    await expect(sendPart(Buffer.alloc(96, 'b'), { at: 4 })).rejects.toThrow('is full');
    uploads = openUploads(await DiskBlobStore.open(folder));
    ahead = 8 * DAY;
    await uploads.dropStale();
    expect(await store.shares.file(file)).toMatchObject({ state: 'uploaded', blob: { size: 100 } });
  });
});

test('early readers wait 60 s for the next part, then they are cut off and the bytes stay', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await sendPart(Buffer.from('part'));
  const reader = (await uploads.current(file))?.reader();
  let seen = '';
  let outcome: unknown;
  reader?.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  reader?.once('end', () => (outcome = 'ended')).once('error', (error) => (outcome = error));
  vi.advanceTimersByTime(59_900);
  await until(() => seen === 'part');
  expect(uploads.running(file)).toBeDefined();
  vi.advanceTimersByTime(200);
  await until(() => outcome !== undefined);
  expect(outcome).toBeInstanceOf(UploadPausedError);
  expect(uploads.running(file)).toBeUndefined();
  expect(await offset()).toBe(4);
});

test('each 64 MiB of a running part are made durable and recorded, whatever the time', async () => {
  // Without this the other bound, of five seconds, could have been the one.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const body = new PassThrough();
  const part = uploads.receivePart(file, {
    offset: 0,
    length: 65 * MIB,
    body,
    accepted: () => undefined,
  });
  for (let i = 0; i < 63; i++) body.write(Buffer.alloc(MIB, 7));
  body.write(Buffer.alloc(MIB - 1, 7));
  await until(() => uploads.running(file)?.committed === 64 * MIB - 1);
  expect(await offset()).toBe(0);
  body.write(Buffer.alloc(1, 7));
  await until(() => uploads.running(file)?.durable === 64 * MIB);
  expect(await offset()).toBe(64 * MIB);
  body.end(Buffer.alloc(MIB, 7));
  expect(await part).toBe(65 * MIB);
});

describe('an upload of which only the last step fails', () => {
  const fail = () => Promise.reject(new Error('database is full'));

  /** All bytes are there under their final name, and the metadata do not know it. */
  async function failAtTheEnd(): Promise<void> {
    await sendPart(Buffer.alloc(4, 'a'));
    vi.spyOn(store.uploads, 'complete').mockImplementationOnce(fail);
    await expect(sendPart(Buffer.alloc(96, 'b'), { at: 4 })).rejects.toThrow('is full');
    expect((await store.shares.file(file))?.state).toBe('uploading');
  }

  async function expectComplete(): Promise<void> {
    const { state, blob } = (await store.shares.file(file)) ?? {};
    expect(state).toBe('uploaded');
    const reader = await (await DiskBlobStore.open(folder)).open(blob?.blobId ?? '');
    expect(await text(reader.stream())).toBe('a'.repeat(4) + 'b'.repeat(96));
    expect(await used()).toBe(100);
  }

  test('is complete when its uploader asks how far it is', async () => {
    await failAtTheEnd();
    expect(await uploads.resumePoint(file)).toEqual({ offset: 100, length: 100 });
    await expectComplete();
  });

  describe('and of which the database does not take how far it is', () => {
    beforeEach(async () => {
      const checkpoint = store.uploads.checkpoint.bind(store.uploads);
      const onlyStarts = vi
        .spyOn(store.uploads, 'checkpoint')
        .mockImplementation((blobId, size) => (size === 4 ? checkpoint(blobId, size) : fail()));
      await failAtTheEnd();
      onlyStarts.mockRestore();
      expect(await offset()).toBe(4);
      expect(uploads.running(file)).toBeUndefined();
    });

    test('is complete when its uploader asks how far it is', async () => {
      expect(await uploads.resumePoint(file)).toEqual({ offset: 100, length: 100 });
      await expectComplete();
    });

    test('is complete when its uploader goes on, who learns that nothing is missing', async () => {
      const again = sendPart(Buffer.alloc(96, 'c'), { at: 4 });
      await expect(again).rejects.toEqual(new OffsetMismatchError(100));
      await expectComplete();
    });

    test('is complete when somebody wants to read it, and whoever waits for it hears so', async () => {
      const heard = vi.fn();
      uploads.onChange(file, heard);
      expect(await uploads.current(file)).toBeUndefined();
      await expectComplete();
      expect(heard).toHaveBeenCalled();
    });
  });
});

test('bytes that the database has taken stay, though its answer was an error', async () => {
  const complete = store.uploads.complete.bind(store.uploads);
  vi.spyOn(store.uploads, 'complete').mockImplementationOnce(async (blobId, size) => {
    await complete(blobId, size);
    throw new Error('connection lost');
  });
  const source = { body: Readable.from([Buffer.from('whole')]), declaredSize: 5 };
  await expect(uploads.receive(file, source)).rejects.toThrow('connection lost');
  const { state, blob } = (await store.shares.file(file)) ?? {};
  expect(state).toBe('uploaded');
  const reader = await (await DiskBlobStore.open(folder)).open(blob?.blobId ?? '');
  expect(await text(reader.stream())).toBe('whole');
  expect(await store.uploads.trash(1)).toEqual([]);
});
