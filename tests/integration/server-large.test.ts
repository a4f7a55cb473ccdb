import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGet, openPut, replyOf, Service } from '../conformance/support.ts';

const SIZE = 2 * 1024 ** 3;
const CHUNK = Buffer.alloc(1024 * 1024, 'two gigabytes ');
/** What a running server may take beyond what it took before the file; bytes. */
const GROWTH = 150 * 1024 ** 2;

let service: Service;
beforeAll(async () => {
  const args = ['--log-level', 'debug', '--storage-limit', String(2 * SIZE)];
  service = await Service.start({ args });
});
afterAll(() => service.stop());

/** The largest memory of the server until the returned function is called; bytes. */
async function watchMemory() {
  const { pid } = service.server;
  let peak = 0;
  const sample = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    peak = Math.max(peak, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024);
  };
  await sample();
  const start = peak;
  const timer = setInterval(() => void sample(), 50);
  return () => {
    clearInterval(timer);
    return peak - start;
  };
}

test.skipIf(process.platform !== 'linux')(
  'memory stays flat while 2 GB go up and, to a visitor, down at the same time and again',
  { timeout: 120_000 },
  async () => {
    const file = await service.newFile((await service.newShare()).sharename, 'large.bin');
    const stop = await watchMemory();
    const upload = openPut(file.upload.puturl, SIZE);
    const send = async () => {
      for (let sent = 0; sent < SIZE; sent += CHUNK.length) {
        if (!upload.write(CHUNK)) await new Promise((resolve) => upload.once('drain', resolve));
      }
      upload.end();
    };
    const receive = async () => {
      let received = 0;
      try {
        for await (const chunk of await openGet(await service.readUrl(file))) {
          received += chunk.length;
        }
      } catch (cause) {
        const reason = service.server.log().trimEnd().split('\n').slice(-4).join('\n');
        throw new Error(`cut off after ${received} bytes; the server says:\n${reason}`, { cause });
      }
      return received;
    };
    const sending = send();
    await service.untilState(file, 'uploading');
    const visitor = receive();
    await sending;
    expect((await replyOf(upload)).status).toBe(200);
    expect(await visitor).toBe(SIZE);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: SIZE });
    expect(await receive()).toBe(SIZE);
    expect(stop()).toBeLessThan(GROWTH);
  },
);
