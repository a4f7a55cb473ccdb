import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { type Accounts, openAccounts } from '../../../../src/extension/account/keeper.ts';
import type { ShareService, TokenPair } from '../../../../src/extension/services/share-service.ts';
import { WrongCredentialsError } from '../../../../src/sdk/index.ts';

const SERVER = 'https://files.example.org';

/** A keeper whose services write down who signed out, and know one password. */
async function setUp(stored?: Accounts) {
  const left: string[] = [];
  const asked: TokenPair[] = [];
  let kept = stored;
  const disk = { full: false };
  const full = (is: boolean) => {
    disk.full = is;
  };
  const memory = {
    get: async () => kept,
    set: async (accounts: Accounts) => {
      if (disk.full) throw new DOMException('no room', 'QuotaExceededError');
      kept = accounts;
    },
  };
  const keeper = await openAccounts({
    memory,
    connect: ({ id, service }): ShareService => ({
      async signIn({ email, password }) {
        if (password !== 'right') {
          throw new WrongCredentialsError('Wrong', { endpoint: 'POST /users/login' });
        }
        const places = service === 'bridge' ? { places: [{ id: 'b1', name: 'Pictures' }] } : {};
        return { email, name: email, ...places };
      },
      ...(service === 'smartfile' && {
        askConsent: async (app: TokenPair) => {
          asked.push(app);
          const request = { token: 'request', secret: 'request secret' };
          return { request, url: `${SERVER}/consent` };
        },
        signInByConsent: async () => ({ email: 'boba', name: 'boba' }),
      }),
      signOut: async () => void left.push(id),
      profile: vi.fn<ShareService['profile']>(),
      list: vi.fn<ShareService['list']>(),
      announce: vi.fn<ShareService['announce']>(),
      remove: vi.fn<ShareService['remove']>(),
      removeFile: vi.fn<ShareService['removeFile']>(),
      isStored: vi.fn<ShareService['isStored']>(),
    }),
  });
  const signIn = (email: string, more: object = {}) =>
    keeper.signIn({ service: 'gett', server: SERVER, email, password: 'right', ...more });
  const emails = () => keeper.all().list.map(({ profile }) => profile.email);
  const idOf = (email: string) =>
    keeper.all().list.find(({ profile }) => profile.email === email)?.id ?? '';
  return { keeper, signIn, emails, idOf, left, asked, kept: () => kept, full };
}

const owner = (email: string) => ({ server: SERVER, email });

describe('accounts', () => {
  it('are not there when they could not be kept', async () => {
    const { keeper, signIn, emails, full } = await setUp();
    await signIn('anna');
    full(true);
    expect(await signIn('ben', { add: true })).toEqual({ ok: false, problem: 'no-room' });
    expect(emails()).toEqual(['anna']);
    expect(keeper.shown()?.profile.email).toBe('anna');
    full(false);
    expect(await signIn('ben', { add: true })).toEqual({ ok: true });
    expect(emails()).toEqual(['anna', 'ben']);
  });

  it('stay when another one is added, and the new one is shown', async () => {
    const { keeper, signIn, emails } = await setUp();
    await signIn('anna');
    await signIn('ben', { add: true });
    expect(emails()).toEqual(['anna', 'ben']);
    expect(keeper.owner()).toEqual(owner('ben'));
    expect(keeper.service(owner('anna'))).toBeDefined();
  });

  it('are not doubled when somebody signs in twice, and the old secret is let go', async () => {
    const { signIn, emails, idOf, left } = await setUp();
    await signIn('anna');
    const first = idOf('anna');
    await signIn('anna', { add: true });
    expect(emails()).toEqual(['anna']);
    expect(left).toEqual([first]);
  });

  it('make way when their access has ended and somebody else signs in', async () => {
    const { keeper, signIn, emails } = await setUp();
    await signIn('anna');
    await keeper.end(owner('anna'));
    await signIn('ben');
    expect(emails()).toEqual(['ben']);
  });

  it('do not make way for one that is added', async () => {
    const { keeper, signIn, emails } = await setUp();
    await signIn('anna');
    await keeper.end(owner('anna'));
    await signIn('ben', { add: true });
    expect(emails()).toEqual(['anna', 'ben']);
    expect(keeper.service(owner('anna'))).toBeUndefined();
  });

  it('take pictures by right-click where they are told to, whatever is shown', async () => {
    const { keeper, signIn, idOf } = await setUp();
    await signIn('anna');
    await signIn('ben', { add: true });
    expect(keeper.clickOwner()).toEqual(owner('ben'));
    await keeper.useForClicks(idOf('anna'));
    expect(keeper.clickOwner()).toEqual(owner('anna'));
    expect(keeper.owner()).toEqual(owner('ben'));
    await signIn('anna', { add: true });
    expect(keeper.clickOwner()).toEqual(owner('anna'));
    await keeper.signOut(idOf('anna'));
    expect(keeper.clickOwner()).toEqual(owner('ben'));
  });

  it('take pictures and files at a service that takes them, whatever is shown', async () => {
    const { keeper, signIn, idOf } = await setUp();
    await signIn('jsmith', { service: 'jetstream' });
    expect(keeper.fileOwner()).toBeUndefined();
    expect(keeper.clickOwner()).toBeUndefined();
    await signIn('anna', { add: true });
    await keeper.show(idOf('jsmith'));
    expect(keeper.owner()).toEqual(owner('jsmith'));
    expect(keeper.fileOwner()).toEqual(owner('anna'));
    expect(keeper.clickOwner()).toEqual(owner('anna'));
    await keeper.useForClicks(idOf('jsmith'));
    expect(keeper.clickOwner()).toEqual(owner('anna'));
  });

  it('are entered by the consent that the service has asked for, too', async () => {
    const { keeper, asked } = await setUp();
    const app = { token: 'app', secret: 'app secret' };
    const place = { service: 'smartfile' as const, server: SERVER };
    const result = await keeper.askConsent({ ...place, app });
    if (!result.ok) throw new Error(result.problem);
    expect(result.question.url).toBe('https://files.example.org/consent');
    expect(asked).toEqual([app]);
    expect(keeper.all().list).toEqual([]);
    const { request } = result.question;
    const form = { ...place, consent: { app, request, code: 'right' } };
    expect(await keeper.signIn(form)).toEqual({ ok: true });
    expect(keeper.owner()).toEqual(owner('boba'));
  });

  it('cannot be entered by consent where a service takes none', async () => {
    const { keeper } = await setUp();
    const app = { token: 'app', secret: 'app secret' };
    const place = { service: 'gett' as const, server: SERVER };
    expect(await keeper.askConsent({ ...place, app })).toEqual({ ok: false, problem: 'unknown' });
    expect(await keeper.askConsent({ ...place, server: 'http://example.org', app })).toEqual({
      ok: false,
      problem: 'server-insecure',
    });
    const form = { ...place, consent: { app, request: app, code: 'right' } };
    expect(await keeper.signIn(form)).toEqual({ ok: false, problem: 'unknown' });
  });

  it('leave the next one in view after signing out, and the server at the end', async () => {
    const { keeper, signIn, idOf, left } = await setUp();
    await signIn('anna');
    await signIn('ben', { add: true });
    const ben = idOf('ben');
    await keeper.signOut(ben);
    expect(left).toEqual([ben]);
    expect(keeper.owner()).toEqual(owner('anna'));
    await keeper.signOut(idOf('anna'));
    expect(keeper.owner()).toBeUndefined();
    expect(keeper.all()).toEqual({ list: [], server: SERVER });
  });

  it('keep everything when a sign-in fails', async () => {
    const { signIn, emails } = await setUp();
    await signIn('anna');
    expect(await signIn('ben', { add: true, password: 'wrong' })).toEqual({
      ok: false,
      problem: 'wrong-password',
    });
    expect(emails()).toEqual(['anna']);
  });

  it('begin with the first place of a service that has several', async () => {
    const { keeper, signIn, idOf } = await setUp();
    await signIn('anna', { service: 'bridge' });
    expect(keeper.shown()?.place).toBe('b1');
    await keeper.choosePlace(idOf('anna'), 'b2');
    expect(keeper.shown()?.place).toBe('b2');
  });

  it('are there again after a restart', async () => {
    const first = await setUp();
    await first.signIn('anna');
    await first.signIn('ben', { add: true });
    const again = await setUp(first.kept());
    expect(again.emails()).toEqual(['anna', 'ben']);
    expect(again.keeper.owner()).toEqual(owner('ben'));
  });
});
