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
    visiblePart: vi.fn<IntakeParts['visiblePart']>(),
    askUser: async () => undefined,
    kept: () => undefined,
    unless: async (_id, asking) => asking(),
  } satisfies IntakeParts;
  return { intake: createIntake(parts), parts, store, direct, job: () => store.all()[0]! };
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
