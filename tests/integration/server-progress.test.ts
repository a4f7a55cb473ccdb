import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewFile, openGet, openPut, replyOf, Service } from '../conformance/support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

interface Step {
  state: string;
  received: number;
  size?: number;
}

/** The progress of a file as its page hears it. */
async function* watch({ getturl }: NewFile): AsyncGenerator<Step> {
  for await (const line of createInterface(await openGet(`${getturl}/progress`))) {
    if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length));
  }
}

async function until(steps: AsyncGenerator<Step>, done: (step: Step) => boolean): Promise<Step> {
  for (;;) {
    const { value, done: over } = await steps.next();
    if (over) throw new Error('the progress ended');
    if (done(value)) return value;
  }
}

test('progress tells of the start, of bytes, of a broken upload, of the next one, and ends', async () => {
  const file = await service.newFile((await service.newShare()).sharename);
  const steps = watch(file);
  expect(await until(steps, () => true)).toEqual({ state: 'remote', received: 0 });

  const broken = openPut(file.upload.puturl, 8);
  broken.write('half');
  expect(await until(steps, ({ received }) => received === 4)).toEqual({
    state: 'uploading',
    received: 4,
    size: 8,
  });
  broken.destroy();
  await until(steps, ({ state }) => state === 'remote');

  const upload = openPut(file.upload.puturl, 8);
  upload.end('halfhalf');
  expect((await replyOf(upload)).status).toBe(200);
  expect(await until(steps, ({ state }) => state === 'uploaded')).toEqual({
    state: 'uploaded',
    received: 8,
    size: 8,
  });
  expect((await steps.next()).done).toBe(true);
});

test('progress ends when the file is removed', async () => {
  const file = await service.newFile((await service.newShare()).sharename);
  const steps = watch(file);
  await until(steps, ({ state }) => state === 'remote');
  await service.post(`/files/${file.sharename}/${file.fileid}/destroy`);
  await until(steps, ({ state }) => state === 'removed');
  expect((await steps.next()).done).toBe(true);
});

test('a page that watches does not keep the server from stopping', async () => {
  const file = await service.newFile((await service.newShare()).sharename);
  const steps = watch(file);
  await until(steps, ({ state }) => state === 'remote');
  const stopped = service.stop();
  await steps.next().catch(() => undefined);
  await stopped;
});
