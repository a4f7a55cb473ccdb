import { randomBytes } from 'node:crypto';
import Uppy from '@uppy/core';
import Tus from '@uppy/tus';
import { Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exchange, type NewFile, Service } from './support.ts';

const bytes = randomBytes(3_000_000);

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterEach(() => service.clear());
afterAll(() => service.stop());

async function announce(size?: number): Promise<NewFile> {
  const { sharename } = await service.newShare();
  return (await service.post(`/files/${sharename}/create`, { filename: 'a.bin', size })).json;
}

async function expectStored(file: NewFile) {
  expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: bytes.length });
  const read = await exchange(await service.readUrl(file));
  expect(read.bytes.equals(bytes)).toBe(true);
  expect((await service.storage()).used).toBe(bytes.length);
}

/** Runs the stock client to its end. */
function upload(file: NewFile, options: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(bytes, {
      uploadUrl: file.upload.puturl,
      ...options,
      onSuccess: () => resolve(),
      onError: reject,
    }).start();
  });
}

test.each([
  ['in one request', {}],
  ['in chunks', { chunkSize: 700_000 }],
  ['with POST in place of PATCH', { chunkSize: 1_000_000, overridePatchMethod: true }],
])('tus-js-client uploads %s', async (_how, options) => {
  const file = await announce(bytes.length);
  await upload(file, options);
  await expectStored(file);
});

test('tus-js-client uploads a file whose size was not announced', async () => {
  const file = await announce();
  await upload(file, { uploadLengthDeferred: true, chunkSize: 1_000_000 });
  await expectStored(file);
});

test('tus-js-client pauses and goes on, also as another client that knows only the address', async () => {
  const file = await announce(bytes.length);
  const options = { uploadUrl: file.upload.puturl, chunkSize: 500_000 };
  const [paused, kept] = await new Promise<[Upload, number]>((resolve, reject) => {
    const first = new Upload(bytes, {
      ...options,
      onError: reject,
      onChunkComplete: (_size, accepted) => {
        if (accepted < 1_000_000) return;
        first.abort().then(() => resolve([first, accepted]), reject);
      },
    });
    first.start();
  });
  expect(paused.url).toBe(file.upload.puturl);
  expect((await service.file(file)).readystate).toBe('uploading');

  const sent: number[] = [];
  await upload(file, { ...options, onChunkComplete: (size) => sent.push(size) });
  expect(sent.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bytes.length - kept);
  await expectStored(file);
});

test('tus-js-client drops an upload that is not wanted any more', async () => {
  const file = await announce(bytes.length);
  await new Promise<void>((resolve, reject) => {
    const unwanted = new Upload(bytes, {
      uploadUrl: file.upload.puturl,
      chunkSize: 500_000,
      onError: reject,
      onChunkComplete: () => void unwanted.abort(true).then(resolve, reject),
    });
    unwanted.start();
  });
  expect((await service.file(file)).readystate).toBe('remote');
  expect((await service.storage()).used).toBe(0);
});

test('Uppy pauses and goes on', async () => {
  const file = await announce(bytes.length);
  const uppy = new Uppy({ autoProceed: false }).use(Tus, {
    uploadUrl: file.upload.puturl,
    chunkSize: 500_000,
  });
  // In Node its tus client reads buffers only, which Uppy does not know.
  const data = Object.assign(Buffer.from(bytes), { size: bytes.length });
  const id = uppy.addFile({ name: 'a.bin', data: data as unknown as Blob });
  let paused = false;
  uppy.on('upload-progress', (_file, { bytesUploaded }) => {
    if (paused || bytesUploaded < 1_000_000) return;
    paused = true;
    uppy.pauseResume(id);
    void service.untilState(file, 'uploading').then(() => uppy.pauseResume(id));
  });
  const result = await uppy.upload();
  expect(result?.failed).toEqual([]);
  expect(paused).toBe(true);
  await expectStored(file);
});
