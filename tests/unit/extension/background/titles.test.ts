import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTitles } from '../../../../src/extension/background/titles.ts';
import type { Job } from '../../../../src/extension/jobs/job.ts';
import { openJobStore } from '../../../../src/extension/jobs/store.ts';
import type { ShareService } from '../../../../src/extension/services/share-service.ts';
import { NetworkError } from '../../../../src/sdk/index.ts';

const anna = { server: 'http://ge.test', email: 'anna@example.com' };
const share = { sharename: 'abc', url: 'http://ge.test/abc' };

const job = (id: string, facts: Partial<Job> = {}): Job => ({
  id,
  batch: 'batch',
  createdAt: 1,
  source: { kind: 'file' },
  owner: anna,
  name: `${id}.txt`,
  state: { name: 'captured' },
  ...facts,
});

async function setUp(...jobs: Job[]) {
  const store = await openJobStore(vi.fn());
  await store.add(...jobs);
  const rename = vi.fn<NonNullable<ShareService['rename']>>(async () => undefined);
  const titles = createTitles({ store, service: () => ({ rename }), owner: () => anna });
  return { store, titles, rename };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the title of a share on its way', () => {
  it('is told to the service at once when the share is there', async () => {
    const { store, titles, rename } = await setUp(job('a', { share }), job('b', { share }));
    expect(await titles.rename('batch', 'Summer')).toBeUndefined();
    expect(rename).toHaveBeenCalledExactlyOnceWith('abc', 'Summer');
    expect(store.all().map(({ title }) => title)).toEqual(['Summer', 'Summer']);
  });

  it('is what it was when the service does not take it, and the reason is told', async () => {
    const { store, titles, rename } = await setUp(job('a', { share, title: 'Draft' }));
    rename.mockRejectedValueOnce(new NetworkError('no network'));
    expect(await titles.rename('batch', 'Summer')).toBe('network');
    expect(store.get('a')?.title).toBe('Draft');
  });

  it('is given to a share that has not been asked for yet', async () => {
    const { store, titles, rename } = await setUp(job('a'));
    expect(await titles.rename('batch', 'Summer')).toBeUndefined();
    expect(store.get('a')).toMatchObject({ title: 'Summer' });
    expect(store.get('a')?.retitle).toBeUndefined();
    expect(rename).not.toHaveBeenCalled();
  });

  it('waits for the answer of a service that is making the share under another one', async () => {
    const { store, titles, rename } = await setUp(job('a', { asked: 1, title: 'Draft' }));
    expect(await titles.rename('batch', 'Summer')).toBeUndefined();
    // The share that the lost answer may have made is looked for by the title that was asked for.
    expect(store.get('a')).toMatchObject({ title: 'Draft', retitle: 'Summer' });
    await titles.settle('batch');
    expect(rename).not.toHaveBeenCalled();

    await store.describe('a', { share, asked: undefined });
    rename.mockRejectedValueOnce(new NetworkError('no network'));
    await titles.settle('batch');
    expect(store.get('a')?.retitle).toBe('Summer');
    await titles.settle('batch');
    expect(rename).toHaveBeenLastCalledWith('abc', 'Summer');
    expect(store.get('a')).toMatchObject({ title: 'Summer' });
    expect(store.get('a')?.retitle).toBeUndefined();
  });

  it('can be taken away while the share is being made', async () => {
    const { store, titles, rename } = await setUp(job('a', { asked: 1, title: 'Draft' }));
    await titles.rename('batch', undefined);
    await store.describe('a', { share, asked: undefined });
    await titles.settle('batch');
    expect(rename).toHaveBeenCalledExactlyOnceWith('abc', undefined);
    expect(store.get('a')?.title).toBeUndefined();
  });
});
