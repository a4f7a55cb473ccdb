import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { eventOf } from '../../../../src/extension/jobs/failures.ts';
import { createUploadHost, type HostOptions } from '../../../../src/extension/jobs/host.ts';
import type { JobEvent } from '../../../../src/extension/jobs/job.ts';
import { createProofStore } from '../../../../src/extension/jobs/proof.ts';
import type { ByteStore } from '../../../../src/extension/jobs/store.ts';
import {
  NetworkError,
  NotFoundError,
  SourceChangedError,
  StorageLimitError,
  speedometer,
} from '../../../../src/sdk/index.ts';

const target = { puturl: 'http://blob.test/put', posturl: 'http://blob.test/post' };
const details = { endpoint: '/x', method: 'POST', url: 'http://blob.test', status: 400 };

const FIRST = { again: false };

const keeping = (kept: Blob | undefined): ByteStore => ({
  put: vi.fn(),
  remove: vi.fn(),
  get: async () => kept,
  removeOrphans: vi.fn(),
});

function setUp(upload: HostOptions['upload'], kept?: Blob) {
  const events: JobEvent[] = [];
  const progress = vi.fn();
  const host = createUploadHost({
    bytes: keeping(kept),
    proofs: createProofStore(),
    upload,
    report: async (_id, event) => void events.push(event),
    progress,
    speed: speedometer(),
  });
  return { host, events, progress };
}

describe('the upload host', () => {
  it('sends the bytes that were kept, and reports that they are stored', async () => {
    const upload = vi.fn<HostOptions['upload']>(async () => undefined);
    const kept = new Blob(['kept']);
    const { host, events } = setUp(upload, kept);
    await host.send('a', target, FIRST);
    await expect.poll(() => events).toEqual([{ type: 'stored' }]);
    expect(upload).toHaveBeenCalledWith(target, kept, expect.anything());
  });

  it('prefers the file that it holds by reference', async () => {
    const upload = vi.fn<HostOptions['upload']>(async () => undefined);
    const { host } = setUp(upload);
    const held = new Blob(['large']);
    await host.hold('a', held);
    await host.send('a', target, FIRST);
    await expect.poll(() => upload).toHaveBeenCalledWith(target, held, expect.anything());
  });

  it('asks for the file again when it has none', async () => {
    const { host, events } = setUp(vi.fn<HostOptions['upload']>());
    await host.send('a', target, FIRST);
    await expect
      .poll(() => events)
      .toEqual([{ type: 'blocked', reason: { kind: 'choose-again', why: 'closed' } }]);
  });

  it('says once that all is sent, and passes every figure on', async () => {
    const { host, events, progress } = setUp(
      async (_target, _source, options) => {
        const figures = { total: 4, attempt: 1 };
        options?.onProgress?.({ phase: 'sending', sent: 2, ...figures });
        options?.onProgress?.({ phase: 'finishing', sent: 4, ...figures });
        options?.onProgress?.({ phase: 'finishing', sent: 4, ...figures });
      },
      new Blob(['kept']),
    );
    await host.send('a', target, FIRST);
    await expect.poll(() => events).toEqual([{ type: 'sent' }, { type: 'stored' }]);
    expect(progress).toHaveBeenCalledWith({
      id: 'a',
      phase: 'sending',
      sent: 2,
      total: 4,
      from: 0,
    });
  });

  it('keeps silent about an upload that was stopped', async () => {
    const aborted = vi.fn();
    const { host, events } = setUp(
      (_target, _source, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => {
            aborted();
            reject(options.signal?.reason);
          });
        }),
      new Blob(['kept']),
    );
    await host.send('a', target, FIRST);
    await expect.poll(async () => (await host.status()).running).toEqual(['a']);
    await host.stop('a');
    await expect.poll(() => aborted).toHaveBeenCalled();
    expect(events).toEqual([]);
    expect((await host.status()).running).toEqual([]);
  });

  it('counts an upload as running until its report has been taken', async () => {
    let take = () => {};
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    const host = createUploadHost({
      bytes: keeping(new Blob(['kept'])),
      proofs: createProofStore(),
      upload: async () => undefined,
      report: () => taken,
      progress: vi.fn(),
      speed: speedometer(),
    });
    await host.send('a', target, FIRST);
    await new Promise(setImmediate);
    expect((await host.status()).running).toEqual(['a']);
    take();
    await expect.poll(async () => (await host.status()).running).toEqual([]);
  });
});

describe('a failure', () => {
  it.each([
    [
      new NetworkError('told by the SDK', details),
      { type: 'blocked', reason: { kind: 'network' } },
    ],
    [
      new StorageLimitError('told by the SDK', details),
      { type: 'blocked', reason: { kind: 'storage' } },
    ],
    [
      new SourceChangedError('told by the SDK', details),
      { type: 'blocked', reason: { kind: 'choose-again', why: 'changed' } },
    ],
    [
      new NotFoundError('told by the SDK', details),
      { type: 'failed', failure: { code: 'share-gone' } },
    ],
    [new Error('a bug'), { type: 'failed', failure: { code: 'unknown' } }],
  ])('%s is told as what it means for the user', (error, event) => {
    expect(eventOf(error)).toMatchObject(event);
  });
});
