import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPreviews } from '../../../../src/extension/background/previews.ts';
import type { Announcement, Job } from '../../../../src/extension/jobs/job.ts';
import { openJobStore } from '../../../../src/extension/jobs/store.ts';

const link = { sharename: 'abc', fileid: '0', url: 'http://ge.test/abc' } as Announcement;
const film = new Blob(['film'], { type: 'video/webm' });

const job = (state: Job['state'], facts: Partial<Job> = {}): Job => ({
  id: 'a',
  batch: 'batch',
  createdAt: 1,
  source: { kind: 'file' },
  name: 'film.webm',
  state,
  ...facts,
});

async function setUp(first: Job) {
  const store = await openJobStore(vi.fn());
  await store.add(first);
  let drawn: (thumbnail: string | undefined) => void = () => undefined;
  const host = {
    preview: () => new Promise<string | undefined>((resolve) => (drawn = resolve)),
    rest: vi.fn(async () => undefined),
  };
  const picture = vi.fn(async (_sharename: string, _thumbnail: string) => undefined);
  const previews = createPreviews({ store, host, listing: { picture } });
  const added = previews.add('a', film);
  const leave = async () => {
    const current = store.get('a');
    if (current) previews.leaving(current);
    await store.remove('a');
  };
  const draw = async (thumbnail?: string) => {
    drawn(thumbnail);
    await added;
  };
  return { store, picture, host, leave, draw };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the preview of a file', () => {
  it('is that of its job, and of its share once there is one', async () => {
    const { store, picture, draw } = await setUp(job({ name: 'sending', link }));
    await draw('data:a');
    expect(store.get('a')?.thumbnail).toBe('data:a');
    expect(picture).toHaveBeenCalledExactlyOnceWith('abc', 'data:a');
  });

  it('is kept with the share when it comes after the row has left "In progress"', async () => {
    const { store, picture, host, leave, draw } = await setUp(job({ name: 'done', link }));
    await leave();
    await draw('data:late');
    expect(picture).toHaveBeenCalledExactlyOnceWith('abc', 'data:late');
    expect(store.all()).toEqual([]);
    expect(host.rest).toHaveBeenCalledOnce();
  });

  it('is dropped with a share that was cancelled, or is of a private window', async () => {
    const ends: Job[] = [
      job({ name: 'cancelled', link }),
      job({ name: 'done', link }, { private: true }),
    ];
    for (const end of ends) {
      const { picture, leave, draw } = await setUp(end);
      await leave();
      await draw('data:late');
      expect(picture).not.toHaveBeenCalled();
    }
  });
});
