import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Owner, sameOwner } from '../../../../src/extension/account/account.ts';
import type { UploadHost } from '../../../../src/extension/jobs/host.ts';
import type { Announcement, Job, JobEvent, JobState } from '../../../../src/extension/jobs/job.ts';
import { createScheduler, type Scheduler } from '../../../../src/extension/jobs/scheduler.ts';
import {
  type ByteStore,
  createByteStore,
  type JobStore,
  openJobStore,
} from '../../../../src/extension/jobs/store.ts';
import type { ServiceKind } from '../../../../src/extension/services/capabilities.ts';
import type { ShareService } from '../../../../src/extension/services/share-service.ts';
import {
  BadRequestError,
  NetworkError,
  StorageLimitError,
  UnauthorizedError,
} from '../../../../src/sdk/index.ts';

const link = (sharename: string, fileid = '0'): Announcement => ({
  sharename,
  fileid,
  url: `http://ge.test/${sharename}`,
  target: { puturl: 'http://blob.test/put', posturl: 'http://blob.test/post' },
});

const anna = { server: 'http://ge.test', email: 'anna@example.com' };
const ben = { server: 'http://ge.test', email: 'ben@example.com' };

let clock = 0;
const job = (id: string, batch = id, state: JobState = { name: 'captured' }): Job => ({
  id,
  batch,
  createdAt: (clock += 1),
  source: { kind: 'file' },
  name: `${id}.txt`,
  size: 3,
  state,
});

/** The scheduler over real stores, with a host and a service that write down what they are asked. */
async function setUp(jobs: Job[], { kept = jobs.map(({ id }) => id) } = {}) {
  const log: string[] = [];
  const store: JobStore = await openJobStore(vi.fn());
  const bytes: ByteStore = createByteStore();
  for (const each of jobs) await store.add(each);
  for (const id of kept) await bytes.put(id, new Blob(['abc']));
  let shares = 0;
  const announce = vi.fn<ShareService['announce']>(async (files, { share, made }) => {
    const sharename = share?.sharename ?? `share${(shares += 1)}`;
    if (!share) await made?.({ sharename, url: `http://ge.test/${sharename}` });
    log.push(`announce ${files.map(({ name }) => name).join(' ')} in ${sharename}`);
    return files.map((_, i) => link(sharename, String(i)));
  });
  const service: ShareService = {
    announce,
    remove: async (sharename) => void log.push(`remove ${sharename}`),
    signIn: vi.fn<ShareService['signIn']>(),
    signOut: vi.fn<ShareService['signOut']>(),
    profile: vi.fn<ShareService['profile']>(),
    list: vi.fn<ShareService['list']>(),
    removeFile: async ({ fileid }) => void log.push(`remove file ${fileid}`),
    isStored: async ({ sharename }) => stored.has(sharename),
  };
  const running: string[] = [];
  const stored = new Set<string>();
  const world = {
    online: true,
    free: Number.POSITIVE_INFINITY,
    now: 1_000_000,
    tooLarge: async (): Promise<{ limit?: number } | undefined> => undefined,
  };
  const host: UploadHost = {
    hold: async () => undefined,
    drop: async (id) => void log.push(`drop ${id}`),
    accept: async () => undefined,
    send: async (id) => void log.push(`send ${id}`),
    stop: async (id) => {
      log.push(`stop ${id}`);
      return { from: 1, sent: 2 };
    },
    status: async () => ({ held: [], running }),
  };
  const account = {
    /** Of the account that is shown, and of all that are signed in besides. */
    service: (): ShareService | undefined => service,
    owner: anna as Owner | undefined,
    besides: [] as Owner[],
    pathsOnly: undefined as ServiceKind | undefined,
  };
  const signInEnded = vi.fn(async () => undefined);
  const scheduler: Scheduler = createScheduler({
    store,
    bytes,
    host,
    awake: (work) => work(),
    service: (owner) =>
      [account.owner, ...account.besides].some((known) => sameOwner(known, owner))
        ? account.service()
        : undefined,
    owner: () => account.owner,
    pathsOnly: () => account.pathsOnly,
    signInEnded,
    shortOf: async (size) => (size <= world.free ? undefined : world.free),
    tooLarge: () => world.tooLarge(),
    online: () => world.online,
    now: () => world.now,
    announced: async (jobs) => void log.push(`announced ${jobs.map(({ id }) => id).join(' ')}`),
    stored: async ({ id }) => void log.push(`stored ${id}`),
  });
  const state = (id: string) => store.get(id)?.state.name;
  return {
    log,
    store,
    bytes,
    scheduler,
    service,
    announce,
    account,
    running,
    stored,
    world,
    signInEnded,
    state,
  };
}

const network = () =>
  new NetworkError('no answer', {
    endpoint: '/shares/create',
    url: 'http://ge.test/1',
  });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the scheduler', () => {
  it('announces every file of a batch in one share before it sends the first', async () => {
    const { scheduler, log } = await setUp([job('a', 'both'), job('b', 'both')]);
    await scheduler.pump();
    expect(log).toEqual(['announce a.txt b.txt in share1', 'announced a b', 'send a', 'send b']);
  });

  it('names a share of several files after the first', async () => {
    const { scheduler, announce } = await setUp([job('a', 'both'), job('b', 'both'), job('c')]);
    await scheduler.pump();
    expect(announce.mock.calls.map(([, { title }]) => title)).toEqual(['a.txt', undefined]);
  });

  it('sends three files at a time, and the next when one is stored', async () => {
    const { scheduler, log } = await setUp(['a', 'b', 'c', 'd'].map((id) => job(id)));
    await scheduler.pump();
    expect(log.filter((line) => line.startsWith('send'))).toEqual(['send a', 'send b', 'send c']);
    await scheduler.report('b', { type: 'stored' });
    await scheduler.pump();
    expect(log).toContain('send d');
  });

  it('drops the bytes of a file that is stored', async () => {
    const { scheduler, bytes, log } = await setUp([job('a')]);
    await scheduler.pump();
    await scheduler.report('a', { type: 'stored' });
    expect(await bytes.get('a')).toBeUndefined();
    expect(log).toEqual(expect.arrayContaining(['drop a', 'stored a']));
  });

  it('keeps all files until the sign-in, and goes on after it', async () => {
    const { scheduler, store, account, state } = await setUp([job('a'), job('b')]);
    const signedIn = account.service;
    account.service = () => undefined;
    await scheduler.pump();
    expect(store.get('b')?.state).toEqual({ name: 'waiting', reason: { kind: 'sign-in' } });
    account.service = signedIn;
    await scheduler.resume('sign-in');
    expect([state('a'), state('b')]).toEqual(['sending', 'sending']);
  });

  it('says when who is signed in can take no files, and goes on when somebody can', async () => {
    const { scheduler, store, account, state } = await setUp([job('a')]);
    account.owner = undefined;
    account.pathsOnly = 'jetstream';
    await scheduler.pump();
    const reason = { kind: 'sign-in', service: 'jetstream' };
    expect(store.get('a')?.state).toEqual({ name: 'waiting', reason });
    account.owner = anna;
    await scheduler.resume('sign-in');
    expect(state('a')).toBe('sending');
  });

  it('asks the service once, not once for each file, while there is no network', async () => {
    const { scheduler, announce, state } = await setUp([job('a'), job('b'), job('c')]);
    announce.mockRejectedValue(network());
    await scheduler.pump();
    expect(announce).toHaveBeenCalledTimes(1);
    expect([state('a'), state('b'), state('c')]).toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('tells when the service does not accept the token any more', async () => {
    const { scheduler, announce, signInEnded, store } = await setUp([job('a')]);
    announce.mockRejectedValue(
      new UnauthorizedError('not accepted', {
        endpoint: '/x',
        url: 'http://ge.test',
        status: 401,
      }),
    );
    await scheduler.pump();
    expect(signInEnded).toHaveBeenCalledOnce();
    expect(store.get('a')?.state).toMatchObject({ reason: { kind: 'sign-in' } });
  });

  it('knows the share of a file that was cancelled while it was being announced', async () => {
    const { scheduler, announce, store } = await setUp([job('a')]);
    const share = { sharename: 'late', url: 'http://ge.test/late' };
    announce.mockImplementation(async (_files, { made }) => {
      await made?.(share);
      await store.dispatch('a', { type: 'cancelled' });
      return [link('late')];
    });
    await scheduler.pump();
    expect(store.get('a')).toMatchObject({ state: { name: 'cancelled' }, share });
  });

  it('removes the new share of a file that was forgotten while it was being announced', async () => {
    const { scheduler, announce, store, log } = await setUp([job('a')]);
    announce.mockImplementation(async () => {
      await store.remove('a');
      return [link('late')];
    });
    await scheduler.pump();
    expect(log).toEqual(['remove late']);
  });

  describe('after a restart', () => {
    it('sends again what was being sent', async () => {
      const { scheduler, log } = await setUp([
        job('a', 'a', { name: 'sending', link: link('one') }),
        job('b', 'b', { name: 'finishing', link: link('two') }),
      ]);
      await scheduler.recover();
      expect(log).toEqual(['send a', 'send b']);
    });

    it('leaves alone what the host is still sending', async () => {
      const { scheduler, log, running, state } = await setUp([
        job('a', 'a', { name: 'sending', link: link('one') }),
      ]);
      running.push('a');
      await scheduler.recover();
      expect(log).toEqual([]);
      expect(state('a')).toBe('sending');
    });

    it('asks for a file again that was too large to be kept', async () => {
      const { scheduler, store, log } = await setUp(
        [job('a', 'a', { name: 'sending', link: link('one') })],
        { kept: [] },
      );
      await scheduler.recover();
      expect(store.get('a')?.state).toMatchObject({ reason: { kind: 'choose-again' } });
      expect(log).toEqual([]);
    });

    it('says that the page was left when a picture had not been read', async () => {
      const { scheduler, store } = await setUp([job('a', 'a', { name: 'capturing' })], {
        kept: [],
      });
      await scheduler.recover();
      expect(store.get('a')?.state).toMatchObject({ failure: { code: 'page-left' } });
    });

    it('says so too of a picture that was paused before it had been read', async () => {
      const resting: JobState = { name: 'paused', was: { name: 'capturing' } };
      const { scheduler, store, log } = await setUp([job('a', 'a', resting)], { kept: [] });
      await scheduler.recover();
      await scheduler.goOn(store.all());
      expect(store.get('a')?.state).toMatchObject({ failure: { code: 'page-left' } });
      expect(log).toEqual([]);
    });
  });

  it('asks before it shares as one account what another one gave', async () => {
    const { scheduler, account, announce, state, store } = await setUp([
      { ...job('annas'), owner: anna },
      job('anybodys'),
    ]);
    account.owner = ben;
    await scheduler.pump();
    expect(announce.mock.calls.map(([files]) => files)).toEqual([
      [{ name: 'anybodys.txt', size: 3 }],
    ]);
    expect(store.get('annas')?.state).toEqual({
      name: 'waiting',
      reason: { kind: 'other-account', email: anna.email },
    });
    await store.describe('annas', { owner: ben });
    await scheduler.resume('other-account');
    expect(state('annas')).toBe('sending');
  });

  it('shares each file as the account that gave it while both are signed in', async () => {
    const { scheduler, account, state, store } = await setUp([
      { ...job('annas'), owner: anna },
      job('anybodys'),
    ]);
    account.owner = ben;
    account.besides = [anna];
    await scheduler.pump();
    expect([state('annas'), state('anybodys')]).toEqual(['sending', 'sending']);
    expect(store.get('annas')?.owner).toEqual(anna);
    expect(store.get('anybodys')?.owner).toEqual(ben);
  });

  it('lets the files of one account go on when those of another one cannot', async () => {
    const { scheduler, account, announce, state } = await setUp([
      { ...job('annas'), owner: anna },
      { ...job('bens'), owner: ben },
    ]);
    account.besides = [ben];
    announce.mockRejectedValueOnce(network());
    await scheduler.pump();
    expect([state('annas'), state('bens')]).toEqual(['waiting', 'sending']);
  });

  it('takes the link from a service that gives it last', async () => {
    const target = {
      address: { id: 'a1', service: 'smartfile' as const, server: 'http://files.test' },
      filename: 'late.txt',
    };
    const { scheduler, announce, store } = await setUp([job('late')]);
    announce.mockResolvedValueOnce([{ sharename: '', fileid: '', target }]);
    await scheduler.pump();
    expect(store.get('late')?.state).toMatchObject({ name: 'sending', link: { target } });
    const stored = { sharename: '/folder/late.txt', url: 'http://files.test/late.txt' };
    await scheduler.report('late', { type: 'stored', link: stored });
    expect(store.get('late')?.state).toMatchObject({ name: 'done', link: { ...stored, target } });
  });

  it('goes on by itself when the account that gave the file is back', async () => {
    const { scheduler, account, state } = await setUp([{ ...job('annas'), owner: anna }]);
    account.owner = ben;
    await scheduler.pump();
    account.owner = anna;
    await scheduler.resume('other-account');
    expect(state('annas')).toBe('sending');
  });

  it('remembers for whom it has tried to share what nobody in particular gave', async () => {
    const { scheduler, announce, account, state } = await setUp([job('anybodys')]);
    announce.mockRejectedValueOnce(network());
    await scheduler.pump();
    expect(state('anybodys')).toBe('waiting');
    account.owner = ben;
    await scheduler.resume('network');
    expect(state('anybodys')).toBe('waiting');
  });

  describe('when the network or the service fails', () => {
    const lost = { type: 'blocked', reason: { kind: 'network' } } as const;
    const reason = (store: JobStore) => {
      const state = store.get('a')?.state;
      return state?.name === 'waiting' ? state.reason : undefined;
    };

    it('tries again after 5 s, 30 s and 2 min, and then asks the user', async () => {
      const { scheduler, store, world, state, log } = await setUp([job('a')]);
      await scheduler.pump();
      for (const pause of [5_000, 30_000, 120_000]) {
        await scheduler.report('a', lost);
        expect(reason(store)).toEqual({ kind: 'network', retryAt: world.now + pause });
        world.now += pause - 1;
        await scheduler.tick();
        expect(state('a')).toBe('waiting');
        world.now += 1;
        await scheduler.tick();
        expect(state('a')).toBe('sending');
      }
      await scheduler.report('a', lost);
      expect(reason(store)).toEqual({ kind: 'network' });
      expect(store.get('a')?.tries).toBe(4);
      world.now += 1_000_000;
      await scheduler.tick();
      expect(state('a')).toBe('waiting');
      expect(log.filter((line) => line === 'send a')).toHaveLength(4);

      await scheduler.goOn(store.all());
      await scheduler.report('a', lost);
      expect(reason(store)).toEqual({ kind: 'network', retryAt: world.now + 5_000 });
    });

    it('counts anew when the service has more of the file than at the try before', async () => {
      const { scheduler, store, world } = await setUp([job('a')]);
      await scheduler.pump();
      await scheduler.report('a', lost, { from: 0, sent: 2 });
      await scheduler.goOn(store.all());
      await store.describe('a', { tries: 3 });
      await scheduler.report('a', lost, { from: 1, sent: 2 });
      expect(reason(store)).toEqual({ kind: 'network', retryAt: world.now + 5_000 });
    });

    it('waits at least as long as the service asks', async () => {
      const { scheduler, store, world } = await setUp([job('a')]);
      await scheduler.pump();
      const retryAt = world.now + 40_000;
      await scheduler.report('a', { type: 'blocked', reason: { kind: 'busy', retryAt } });
      expect(reason(store)).toEqual({ kind: 'busy', retryAt });
    });

    it('counts no tries while the computer is offline, and makes all links first when it is back', async () => {
      const { scheduler, store, world, announce, log } = await setUp([job('a'), job('b')]);
      world.online = false;
      announce.mockRejectedValueOnce(network());
      await scheduler.pump();
      expect(reason(store)).toEqual({ kind: 'offline' });
      expect(store.get('a')?.tries).toBeUndefined();
      world.online = true;
      await scheduler.resume('offline');
      expect(log.filter((line) => !line.startsWith('announced'))).toEqual([
        'announce a.txt in share1',
        'announce b.txt in share2',
        'send a',
        'send b',
      ]);
    });
  });

  it('starts a file that somebody waits for in an extra place', async () => {
    const { scheduler, store, log } = await setUp(['a', 'b', 'c', 'd', 'e'].map((id) => job(id)));
    await scheduler.pump();
    const { state } = store.get('e')!;
    if (state.name !== 'announced') throw new Error(state.name);
    await scheduler.wanted(state.link);
    await scheduler.wanted(state.link);
    expect(log.filter((line) => line.startsWith('send'))).toEqual(
      ['a', 'b', 'c', 'e'].map((id) => `send ${id}`),
    );
  });

  it('gives the place of a file that is paused to the next, and goes on only when it is told to', async () => {
    const { scheduler, store, log, state, world } = await setUp(
      ['a', 'b', 'c', 'd'].map((id) => job(id)),
    );
    await scheduler.pump();
    await scheduler.pause([store.get('a')!]);
    expect(log.slice(-2)).toEqual(['stop a', 'send d']);
    expect(store.get('a')).toMatchObject({ sent: 2, kept: 1 });
    world.now += 1_000_000;
    await scheduler.tick();
    await scheduler.resume('network', 'offline');
    expect(state('a')).toBe('paused');
    await scheduler.goOn([store.get('a')!]);
    expect(state('a')).toBe('announced');
  });

  it('says what does not fit before it is sent, and sends what does', async () => {
    const { scheduler, store, world, log } = await setUp([
      { ...job('large'), size: 440 },
      job('small'),
    ]);
    world.free = 120;
    await scheduler.pump();
    expect(store.get('large')?.state).toMatchObject({ reason: { kind: 'storage', free: 120 } });
    expect(log).toContain('send small');
    await scheduler.roomMade(439);
    expect(log).not.toContain('send large');
    world.free = 440;
    await scheduler.roomMade(440);
    expect(log).toContain('send large');
  });

  it('does not wait for room where none would be enough', async () => {
    const { scheduler, store, world, log } = await setUp([{ ...job('large'), size: 400 }]);
    world.free = 120;
    world.tooLarge = async () => ({ limit: 200 });
    await scheduler.pump();
    expect(store.get('large')?.state).toMatchObject({ failure: { code: 'too-large', limit: 200 } });
    expect(log).not.toContain('send large');
  });

  it('tells a file that the service finds too large from an account that is full', async () => {
    const refusal: JobEvent = { type: 'blocked', reason: { kind: 'storage', trace: 'HTTP 413' } };
    const sending: JobState = { name: 'sending', link: link('s') };
    const jobs = [job('large', 'one', sending), job('unlucky', 'two', sending)];
    const { scheduler, store, world } = await setUp(jobs);
    world.tooLarge = async () => ({});
    await scheduler.report('large', refusal);
    world.tooLarge = async () => undefined;
    await scheduler.report('unlucky', refusal);
    expect(store.get('large')?.state).toMatchObject({
      failure: { code: 'too-large', detail: 'HTTP 413' },
    });
    expect(store.get('unlucky')?.state).toMatchObject({ reason: { kind: 'storage' } });
  });

  it('takes up an upload that the host knows nothing of any more', async () => {
    const { scheduler, log } = await setUp([job('a')]);
    await scheduler.pump();
    await scheduler.tick();
    expect(log.filter((line) => line === 'send a')).toHaveLength(2);
  });

  it('does not ask for a file again that the service has whole', async () => {
    const { scheduler, stored, state } = await setUp(
      [job('a', 'a', { name: 'sending', link: link('one') })],
      { kept: [] },
    );
    stored.add('one');
    await scheduler.recover();
    expect(state('a')).toBe('done');
  });

  describe('after an announcement whose answer was lost', () => {
    it('takes over the share and the files that it has made', async () => {
      const { scheduler, service, store, announce, log } = await setUp([
        { ...job('a', 'both'), asked: 1 },
        { ...job('b', 'both'), asked: 1 },
      ]);
      const share = { sharename: 'lost', url: 'http://ge.test/lost' };
      const found = vi.fn(async () => share);
      service.lost = {
        share: found,
        files: async () => [
          { name: 'b.txt', sharename: 'lost', fileid: '7', claim: async () => link('lost', '7') },
        ],
      };
      await scheduler.pump();
      expect(found).toHaveBeenCalledWith('a.txt', 1);
      expect(store.get('b')?.state).toMatchObject({ link: { sharename: 'lost', fileid: '7' } });
      expect(announce.mock.calls.map(([files, { share }]) => [files, share])).toEqual([
        [[{ name: 'a.txt', size: 3 }], share],
      ]);
      expect(log.filter((line) => line.startsWith('send'))).toEqual(['send a', 'send b']);
    });

    it('asks for nothing twice that another file has already', async () => {
      const share = { sharename: 'one', url: 'http://ge.test/one' };
      const { scheduler, service, announce } = await setUp([
        job('a', 'both', { name: 'done', link: link('one', '0') }),
        { ...job('b', 'both'), name: 'a.txt', share, asked: 1 },
      ]);
      service.lost = {
        share: async () => undefined,
        files: async () => [
          { name: 'a.txt', sharename: 'one', fileid: '0', claim: async () => link('one', '0') },
        ],
      };
      await scheduler.pump();
      expect(announce).toHaveBeenCalledOnce();
    });
  });

  it('announces the others when the service does not like one of them', async () => {
    const { scheduler, announce, state } = await setUp(
      ['a', 'bad', 'c'].map((id) => job(id, 'one')),
    );
    const accept = announce.getMockImplementation()!;
    announce.mockImplementation(async (files, options) => {
      if (files.some(({ name }) => name === 'bad.txt')) {
        throw new BadRequestError('no such name', { url: 'http://ge.test' });
      }
      return accept(files, options);
    });
    await scheduler.pump();
    expect(['a', 'bad', 'c'].map(state)).toEqual(['sending', 'failed', 'sending']);
  });

  it('announces without sizes when all together do not fit', async () => {
    const { scheduler, announce, state } = await setUp([job('a', 'one'), job('b', 'one')]);
    announce.mockRejectedValueOnce(new StorageLimitError('full', { url: 'http://ge.test' }));
    await scheduler.pump();
    expect(announce.mock.lastCall?.[0]).toEqual([{ name: 'a.txt' }, { name: 'b.txt' }]);
    expect([state('a'), state('b')]).toEqual(['sending', 'sending']);
  });

  it('begins a file anew in the same share, and removes what it replaces', async () => {
    const share = { sharename: 'one', url: 'http://ge.test/one' };
    const former = { sharename: 'one', fileid: '0' };
    const { scheduler, log, store } = await setUp([{ ...job('a'), share, former }]);
    await scheduler.pump();
    expect(log.slice(0, 2)).toEqual(['remove file 0', 'announce a.txt in one']);
    expect(store.get('a')).not.toHaveProperty('former');
  });
});
