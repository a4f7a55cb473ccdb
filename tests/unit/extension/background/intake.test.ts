import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createIntake, type IntakeParts } from '../../../../src/extension/background/intake.ts';
import type { Read } from '../../../../src/extension/capture/picture.ts';
import { createByteStore, openJobStore } from '../../../../src/extension/jobs/store.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const read: Read = { bytes: new Blob([PNG]), status: 200, disposition: null };
const anna = { server: 'http://ge.test', email: 'anna@example.com' };
const ben = { server: 'http://ge.test', email: 'ben@example.com' };
const page = { tabId: 1, frameId: 0, url: 'https://site.test/page' };
const elsewhere = { src: 'https://cdn.test/cat.png', pageTitle: 'Cats', page };

/** The intake over real stores, with a browser that gives what a test says. */
async function setUp() {
  const store = await openJobStore(vi.fn());
  let holders = 0;
  const direct = vi.fn<IntakeParts['readers']['direct']>(async () => undefined);
  const parts = {
    account: { fileOwner: () => anna, clickOwner: () => ben, shown: () => undefined },
    settings: { current: vi.fn<IntakeParts['settings']['current']>() },
    store,
    bytes: createByteStore(),
    host: {
      hold: vi.fn<IntakeParts['host']['hold']>(async () => undefined),
      preview: async () => 'data:image/png;base64,',
    },
    scheduler: { pump: async () => undefined },
    previews: { add: async () => undefined },
    readers: {
      inPage: async () => undefined,
      direct,
      hasOrigin: async (): Promise<boolean> => false,
      pageLeft: async () => false,
    },
    retake: vi.fn<IntakeParts['retake']>(),
    awake: async (work) => {
      holders += 1;
      return work().finally(() => (holders -= 1));
    },
    askUser: async () => undefined,
    kept: () => undefined,
    unless: async (_id, asking) => asking(),
  } satisfies IntakeParts;
  return {
    intake: createIntake(parts),
    parts,
    store,
    direct,
    job: () => store.all()[0]!,
    holders: () => holders,
  };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('a picture of a private window', () => {
  it('is read without the sign-ins of other windows, also once its host is allowed', async () => {
    const { intake, parts, direct, job } = await setUp();
    await intake.picture({ ...elsewhere, private: true });
    expect(job().state).toMatchObject({ name: 'waiting', reason: { kind: 'permission' } });
    parts.readers.hasOrigin = async () => true;
    direct.mockResolvedValue(read);
    await intake.reread(job());
    expect(job()).toMatchObject({ private: true, name: 'cat.png', state: { name: 'captured' } });
    expect(direct.mock.calls.map(([, credentials]) => credentials)).toEqual(['omit', 'omit']);
    // It is held, not kept on disk.
    expect(parts.host.hold).toHaveBeenCalledOnce();
    expect(await parts.bytes.get(job().id)).toBeUndefined();
  });
});

describe('the account', () => {
  const taken = async () => ({ kind: 'media', name: 'a.bin', bytes: new Blob(['a']) }) as const;
  const shot = { source: { kind: 'screenshot', tabId: 1, shape: 'visible' }, name: 'a' } as const;

  it('of what is right-clicked is the one that was chosen for it', async () => {
    const { intake, store } = await setUp();
    await intake.picture(elsewhere, true);
    await intake.files({ files: [new File(['text'], 'page.txt')], each: true, clicked: true });
    await intake.capture({ ...shot, clicked: true }, taken);
    expect(store.all().map(({ source, owner }) => [source.kind, owner])).toEqual([
      ['picture', ben],
      ['text', ben],
      ['screenshot', ben],
    ]);
  });

  it('of everything else is the one that is shown', async () => {
    const { intake, store } = await setUp();
    await intake.picture(elsewhere);
    await intake.files({ files: [new File(['text'], 'a.txt')], each: true });
    await intake.capture(shot, taken);
    expect(store.all().map(({ source, owner }) => [source.kind, owner])).toEqual([
      ['picture', anna],
      ['file', anna],
      ['screenshot', anna],
    ]);
  });
});

describe('a picture of a page that failed', () => {
  const source = { kind: 'screenshot', tabId: 1, shape: 'area' } as const;
  const failed = { kind: 'failed', failure: { code: 'page-hidden', detail: '' } } as const;
  const part = async () => ({ kind: 'picture', name: 'part.png', bytes: read.bytes }) as const;

  it('stays as it is while its part is being chosen, and becomes that part', async () => {
    const { intake, parts, store, job } = await setUp();
    await intake.capture({ source, name: 'Page.png' }, async () => failed);
    parts.retake.mockResolvedValue(undefined);
    await intake.reread(job());
    expect(parts.retake).toHaveBeenCalledExactlyOnceWith(job());
    expect(job().state).toMatchObject({ name: 'failed', failure: { code: 'page-hidden' } });

    await intake.capture({ source, name: 'Page.png', again: job().id }, part);
    expect(store.all()).toMatchObject([{ name: 'part.png', state: { name: 'captured' } }]);
  });

  it('is one of its own when what failed is gone', async () => {
    const { intake, store } = await setUp();
    await intake.capture({ source, name: 'Page.png', again: 'gone' }, part);
    expect(store.all()).toMatchObject([{ name: 'part.png', state: { name: 'captured' } }]);
  });
});

describe('the background', () => {
  it('is kept awake while a picture is read, however that ends, and no longer', async () => {
    const { intake, parts, direct, job, holders } = await setUp();
    const seen: number[] = [];
    direct.mockImplementation(async () => void seen.push(holders()));
    await intake.picture(elsewhere);
    expect(holders()).toBe(0);

    parts.readers.hasOrigin = async () => true;
    direct.mockImplementation(async () => {
      seen.push(holders());
      throw new Error('The disk is gone.');
    });
    await intake.reread(job());
    // It says so, and can be tried again.
    expect(job().state).toMatchObject({ name: 'failed', failure: { code: 'unknown' } });
    expect(holders()).toBe(0);
    await intake.replace(job().id, async () => {
      seen.push(holders());
      return { kind: 'picture', name: 'cat.png', bytes: read.bytes };
    });
    expect(seen).toEqual([1, 1, 1]);
    expect(holders()).toBe(0);
  });
});
