import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BasicClient,
  SmartFileRequestError,
  SmartFileResponseError,
  type ThrottleOptions,
} from '../../../../src/sdk/smartfile/index.ts';
import { QuickClock } from '../../../support/smartfile/clock.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let clock: QuickClock;

beforeEach(async () => {
  service = await startSmartFile();
  clock = new QuickClock();
});
afterEach(() => service.stop());

const client = (throttle?: ThrottleOptions) =>
  new BasicClient({ ...service.credentials, baseUrl: service.baseUrl, clock, throttle });

const busy = (next: string) => ({ status: 503, headers: { 'X-Throttle': next }, body: 'busy' });
const tooMany = (headers: Record<string, string> = {}) => ({ status: 429, headers, body: 'busy' });

describe('a throttled call', () => {
  it('waits as long as the service asks', async () => {
    service.script(busy('throttled; next=1.25 sec'), tooMany({ 'Retry-After': '7' }));
    expect(await client().ping()).toEqual({ ping: 'pong' });
    expect(clock.waits).toEqual([1_250, 7_000]);
  });

  it('waits one second when a 429 does not say how long', async () => {
    service.script(tooMany());
    await client().ping();
    expect(clock.waits).toEqual([1_000]);
  });

  it('fails after the third attempt and says so', async () => {
    service.script(tooMany(), tooMany(), tooMany({ 'Retry-After': '9' }));
    const error = await client()
      .ping()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SmartFileRequestError);
    expect(error).toMatchObject({ attempts: 3, retryAfter: 9_000, code: 'too-many-requests' });
    expect(String(error)).toContain('3 attempts');
    expect(service.log).toHaveLength(3);
  });

  it('is tried as often as the caller says', async () => {
    service.script(tooMany(), tooMany());
    await expect(client({ attempts: 1 }).ping()).rejects.toMatchObject({ attempts: 1 });
    expect(clock.waits).toEqual([]);
  });

  it('fails at once with the answer when waiting is switched off', async () => {
    service.script(busy('throttled; next=3 sec'));
    const error = await client({ wait: false })
      .ping()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SmartFileResponseError);
    expect(error).toMatchObject({ status: 503, retryAfter: 3_000 });
    expect(service.log).toHaveLength(1);
  });

  it.each(['; next=1 sec', 'throttled; next= sec', 'throttled; next=1 sec later', 'throttled', ''])(
    'is an ordinary error with the header "%s"',
    async (header) => {
      service.script(busy(header));
      const error = await client()
        .ping()
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SmartFileResponseError);
      expect(error).toMatchObject({ status: 503, retryAfter: undefined });
      expect(service.log).toHaveLength(1);
    },
  );

  it('sends the whole file again', async () => {
    service.script(busy('throttled; next=1 sec'), tooMany());
    await client().path.upload('/', new File(['all of it'], 'a.txt'));
    expect(service.files.file('/a.txt')?.bytes.toString()).toBe('all of it');
  });

  it('opens a source of streams again', async () => {
    let opened = 0;
    const source = {
      size: 5,
      name: 'a.txt',
      async *stream() {
        opened += 1;
        yield new TextEncoder().encode('bytes');
      },
    };
    service.script(tooMany());
    await client().path.upload('/', source);
    expect(opened).toBe(2);
    expect(service.files.file('/a.txt')?.bytes.toString()).toBe('bytes');
  });

  it('is not repeated with a stream that can be read once', async () => {
    service.script(tooMany({ 'Retry-After': '2' }));
    const stream = new Blob(['once']).stream();
    const error = await client()
      .path.upload('/', stream, { name: 'a.txt' })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SmartFileResponseError);
    expect(error).toMatchObject({ status: 429, retryAfter: 2_000 });
    expect(service.log).toHaveLength(1);
  });

  it('can be aborted while it waits', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    service.script(tooMany({ 'Retry-After': '3600' }));
    const call = client().ping({ signal: controller.signal });
    while (service.log.length === 0) await new Promise(setImmediate);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(service.log).toHaveLength(1);
  });
});
