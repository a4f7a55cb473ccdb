import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../../src/extension/jobs/job.ts';
import { createByteStore, openJobStore } from '../../../../src/extension/jobs/store.ts';

const job = (id: string, createdAt = 1): Job => ({
  id,
  batch: 'batch',
  createdAt,
  source: { kind: 'file' },
  name: `${id}.txt`,
  size: 3,
  state: { name: 'captured' },
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the job store', () => {
  it('lists jobs in the order in which they came', async () => {
    const store = await openJobStore(vi.fn());
    await store.add(job('late', 2));
    await store.add(job('early', 1));
    expect(store.all().map(({ id }) => id)).toEqual(['early', 'late']);
  });

  it('finds every job and its state again after a restart', async () => {
    const before = await openJobStore(vi.fn());
    await before.add(job('a'));
    await before.dispatch('a', { type: 'blocked', reason: { kind: 'sign-in' } });
    const after = await openJobStore(vi.fn());
    expect(after.get('a')?.state).toEqual({ name: 'waiting', reason: { kind: 'sign-in' } });
  });

  it('tells of a change only when it is on disk', async () => {
    const seen: (string | undefined)[] = [];
    const store = await openJobStore(() => {
      void openJobStore(vi.fn()).then((other) => seen.push(other.get('a')?.state.name));
    });
    await store.add(job('a'));
    await expect.poll(() => seen).toEqual(['captured']);
  });

  it('shows nothing that is not on disk yet, although other jobs are shown meanwhile', async () => {
    const store = await openJobStore(vi.fn());
    await store.add(job('a'));
    const adding = store.add(job('b'));
    expect(store.all().map(({ id }) => id)).toEqual(['a']);
    expect(store.saved().map(({ id }) => id)).toEqual(['a']);
    await adding;
    expect(store.saved().map(({ id }) => id)).toEqual(['a', 'b']);
    const changing = store.dispatch('a', { type: 'blocked', reason: { kind: 'sign-in' } });
    expect(store.get('a')?.state.name).toBe('waiting');
    expect(store.saved().map(({ state }) => state.name)).toEqual(['captured', 'captured']);
    await changing;
    expect(store.saved().map(({ state }) => state.name)).toEqual(['waiting', 'captured']);
  });

  it('does not show again what was removed while a change of it was written', async () => {
    const store = await openJobStore(vi.fn());
    await store.add(job('a'));
    const changing = store.dispatch('a', { type: 'blocked', reason: { kind: 'sign-in' } });
    await store.remove('a');
    await changing;
    expect(store.saved()).toEqual([]);
    expect((await openJobStore(vi.fn())).all()).toEqual([]);
  });

  it('says nothing about an event that changes nothing', async () => {
    const changed = vi.fn();
    const store = await openJobStore(changed);
    await store.add(job('a'));
    changed.mockClear();
    await store.dispatch('a', { type: 'stored' });
    expect(changed).not.toHaveBeenCalled();
  });

  it('gives nothing for an event about a job that was removed', async () => {
    const store = await openJobStore(vi.fn());
    await store.add(job('a'));
    await store.remove('a');
    expect(await store.dispatch('a', { type: 'resumed' })).toBeUndefined();
  });

  it('goes on with what the disk has no room for, and says so', async () => {
    const noRoom = vi.fn();
    const store = await openJobStore(vi.fn(), undefined, noRoom);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await store.add(job('a'));
    await store.dispatch('a', { type: 'blocked', reason: { kind: 'sign-in' } });
    expect(store.get('a')?.state.name).toBe('waiting');
    expect(noRoom).toHaveBeenCalledTimes(2);
    put.mockImplementation(() => {
      throw new DOMException('broken', 'DataError');
    });
    await expect(store.add(job('b'))).rejects.toThrow('broken');
    put.mockRestore();
  });

  it('describes a file without touching its state', async () => {
    const store = await openJobStore(vi.fn());
    await store.add(job('a'));
    await store.describe('a', { thumbnail: 'data:,' });
    expect(store.get('a')).toMatchObject({ thumbnail: 'data:,', state: { name: 'captured' } });
  });
});

describe('the byte store', () => {
  it('gives back the same bytes after a restart, until they are removed', async () => {
    await createByteStore().put('a', new Blob(['draft']));
    const bytes = await createByteStore().get('a');
    expect(await bytes?.text()).toBe('draft');
    await createByteStore().remove('a');
    expect(await createByteStore().get('a')).toBeUndefined();
  });
});
