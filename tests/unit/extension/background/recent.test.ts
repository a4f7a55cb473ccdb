import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ListNote, openRecentShares } from '../../../../src/extension/background/recent.ts';
import type { ShareQuery } from '../../../../src/extension/background/share-query.ts';
import type {
  ShareService,
  ShareSummary,
} from '../../../../src/extension/services/share-service.ts';

const share = (number: number, title = `Share ${number}`): ShareSummary => ({
  sharename: `name${number}`,
  title,
  url: `https://files.example.org/name${number}`,
  // Two of each second, as a busy server has them.
  created: 1_700_000_000_000 + Math.floor(number / 2) * 1000,
  downloads: 0,
  files: [{ name: `file-${number}.txt`, size: number }],
});

/** A service with so many shares, newest first. */
function serviceWith(count: number) {
  let shares = Array.from({ length: count }, (_, i) => share(count - i));
  const list = vi.fn(async (most: number) => ({
    shares: shares.slice(0, most),
    more: shares.length > most,
  }));
  const service = { list } as unknown as ShareService;
  return {
    service,
    list,
    change: (how: (shares: ShareSummary[]) => ShareSummary[]) => {
      shares = how(shares);
    },
  };
}

let memory: ListNote | undefined;
const open = () =>
  openRecentShares({
    get: async () => memory,
    set: async (note) => {
      memory = note;
    },
    clear: async () => {
      memory = undefined;
    },
  });
const always = () => true;
const query = (over: Partial<ShareQuery> = {}): ShareQuery => ({
  text: '',
  sort: 'newest',
  skip: 0,
  count: 20,
  ...over,
});
const names = (shares: readonly { sharename: string }[]) =>
  shares.map(({ sharename }) => sharename);

beforeEach(() => {
  memory = undefined;
  globalThis.indexedDB = new IDBFactory();
});

describe('the list of recent shares', () => {
  it('is there after a restart, newest first, without asking the service', async () => {
    const { service } = serviceWith(30);
    await (await open()).refresh(service);
    const { shares, more, loaded } = (await open()).list();
    expect(names(shares).slice(0, 3)).toEqual(['name30', 'name28', 'name29']);
    expect(shares).toHaveLength(20);
    expect({ more, loaded }).toEqual({ more: true, loaded: true });
  });

  it('reads twenty records at an opening, and with them only their pictures, of 10,000', async () => {
    const { service } = serviceWith(10_000);
    await (await open()).readAll(service, always, () => undefined);
    const read = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const get = vi.spyOn(IDBObjectStore.prototype, 'get');
    const recent = await open();
    expect(read.mock.calls.map(([, count]) => count)).toEqual([20]);
    expect(get.mock.calls.length).toBeLessThanOrEqual(20);
    expect(recent.list().shares).toHaveLength(20);
  });

  it('reads everything in a few steps that become longer', async () => {
    const { service, list } = serviceWith(3_000);
    const recent = await open();
    const progress = vi.fn();
    await recent.readAll(service, always, progress);
    expect(list.mock.calls.map(([most]) => most)).toEqual([200, 800, 3_200]);
    expect(progress).toHaveBeenCalledTimes(3);
    expect(await recent.find(query({ sort: 'oldest' }))).toMatchObject({
      total: 3_000,
      complete: true,
    });
  });

  it('finds by title and by file name, in any case and without accents', async () => {
    const { service, change } = serviceWith(50);
    change((shares) => [share(51, 'Résumé of the Year'), ...shares]);
    const recent = await open();
    await recent.readAll(service, always, () => undefined);
    expect(names((await recent.find(query({ text: 'year resume' }))).shares)).toEqual(['name51']);
    expect(names((await recent.find(query({ text: 'FILE-17.' }))).shares)).toEqual(['name17']);
    expect((await recent.find(query({ text: 'nowhere' }))).total).toBe(0);
  });

  it('sorts by size, name and age', async () => {
    const { service } = serviceWith(12);
    const recent = await open();
    await recent.refresh(service);
    const first = async (sort: ShareQuery['sort']) =>
      names((await recent.find(query({ sort, count: 2 }))).shares);
    expect(await first('size')).toEqual(['name12', 'name11']);
    expect(await first('name')).toEqual(['name1', 'name2']);
    expect(await first('oldest')).toContain('name1');
  });

  it('gives every share once, page by page, where several have the same second', async () => {
    const { service } = serviceWith(90);
    const recent = await open();
    await recent.refresh(service, always, 100);
    const seen: string[] = [];
    for (let skip = 0; skip < 90; skip += 20) {
      seen.push(...names((await recent.find(query({ skip }))).shares));
    }
    expect(new Set(seen).size).toBe(90);
  });

  it('loses what was deleted elsewhere, with its picture', async () => {
    const { service, change } = serviceWith(5);
    const recent = await open();
    await recent.refresh(service);
    await recent.picture('name3', 'data:,x');
    change((shares) => shares.filter(({ sharename }) => sharename !== 'name3'));
    await recent.refresh(service);
    expect(names(recent.list().shares)).not.toContain('name3');
    change((shares) => [...shares, share(3)]);
    await recent.refresh(service);
    expect(recent.list().shares.find(({ sharename }) => sharename === 'name3')?.thumbnail).toBe(
      undefined,
    );
  });

  it('does not show two times with a gap between them when much has been shared elsewhere', async () => {
    const { service, change } = serviceWith(100);
    const recent = await open();
    await recent.readAll(service, always, () => undefined);
    change((shares) => [...Array.from({ length: 40 }, (_, i) => share(140 - i)), ...shares]);
    await recent.refresh(service);
    expect((await recent.find(query({ count: 500 }))).total).toBe(20);
    expect(await recent.knows(query({ skip: 20 }))).toBe(false);
    expect(recent.list().more).toBe(true);
  });

  it('keeps the picture made here, and forgets it with the share', async () => {
    const { service } = serviceWith(3);
    const recent = await open();
    await recent.refresh(service);
    await recent.picture('name2', 'data:,first');
    await recent.picture('name2', 'data:,second');
    const picture = () =>
      recent.list().shares.find(({ sharename }) => sharename === 'name2')?.thumbnail;
    expect(picture()).toBe('data:,first');
    await recent.forget('name2');
    await recent.refresh(service);
    expect(picture()).toBe(undefined);
  });

  it('shows a new title at once, and tells views that something has changed', async () => {
    const { service } = serviceWith(30);
    const recent = await open();
    await recent.readAll(service, always, () => undefined);
    const before = recent.list().version;
    await recent.rename('name2', 'Better');
    expect((await recent.find(query({ text: 'better' }))).total).toBe(1);
    expect(recent.list().version).toBeGreaterThan(before);
    await recent.rename('name2', undefined);
    expect(await recent.title('name2')).toBe(undefined);
  });

  it('takes nothing over that comes after the account was changed', async () => {
    const { service } = serviceWith(5);
    const recent = await open();
    await recent.refresh(service, () => false);
    expect(recent.list()).toMatchObject({ shares: [], loaded: false });
  });
});
