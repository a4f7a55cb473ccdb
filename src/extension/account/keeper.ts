import { CAPABILITIES, type ServiceKind } from '../services/capabilities.ts';
import type { Profile, ShareService } from '../services/share-service.ts';
import {
  type Account,
  type AccountId,
  type ConsentInquiry,
  type ConsentResult,
  type Owner,
  ownerOf,
  type SignInForm,
  type SignInResult,
  sameOwner,
  signInProblem,
} from './account.ts';
import { DEFAULT_SERVER, parseServer } from './server-address.ts';

/** Everything that is remembered of accounts. */
export interface Accounts {
  /** In the order in which they were added. */
  list: Account[];
  /** Whose shares are shown; files that are chosen go there. */
  shown?: AccountId;
  /** Where pictures go that are shared by right-click; absent: where other files go. */
  clicks?: AccountId;
  /** Of the last Ge.tt account; stays after signing out. */
  server: string;
}

/** What tells one connection from another. */
export interface ServiceAddress {
  id: AccountId;
  service: ServiceKind;
  server: string;
  place?: string;
}

export interface KeeperOptions {
  memory: { get: () => Promise<Accounts | undefined>; set: (accounts: Accounts) => Promise<void> };
  connect: (to: ServiceAddress) => ShareService;
}

export interface AccountKeeper {
  all: () => Accounts;
  shown: () => Account | undefined;
  /** Whose files are shared here now, also while the sign-in has ended; `undefined` after signing out. */
  owner: () => Owner | undefined;
  /** Whose files are that nobody in particular has given: who is shown, if that service takes files. */
  fileOwner: () => Owner | undefined;
  /** Whose pictures are that come by right-click. */
  clickOwner: () => Owner | undefined;
  /** `undefined` when that account is not signed in. Default: the one that is shown. */
  service: (owner?: Owner) => ShareService | undefined;
  signIn: (form: SignInForm) => Promise<SignInResult>;
  /** Begins a sign-in on the service's own page. */
  askConsent: (inquiry: ConsentInquiry) => Promise<ConsentResult>;
  signOut: (id: AccountId) => Promise<void>;
  /** Where the next sign-in at Ge.tt begins. */
  useServer: (server: string) => Promise<void>;
  show: (id: AccountId) => Promise<void>;
  useForClicks: (id: AccountId) => Promise<void>;
  choosePlace: (id: AccountId, place: string) => Promise<void>;
  /** Takes over new storage figures. */
  update: (owner: Owner, profile: Profile) => Promise<void>;
  /** Notes that the secret is no longer accepted. */
  end: (owner: Owner) => Promise<void>;
}

export async function openAccounts({ memory, connect }: KeeperOptions): Promise<AccountKeeper> {
  let accounts: Accounts = (await memory.get()) ?? { list: [], server: DEFAULT_SERVER };
  const services = new Map<AccountId, ShareService>();

  const find = (id: AccountId | undefined) => accounts.list.find((account) => account.id === id);
  const of = (owner: Owner) => accounts.list.find((account) => sameOwner(ownerOf(account), owner));
  const shown = () => find(accounts.shown);
  const owner = () => {
    const account = shown();
    return account && ownerOf(account);
  };

  const takesFiles = (account: Account | undefined) =>
    account && CAPABILITIES[account.service].uploads ? account : undefined;
  const fileAccount = () => takesFiles(shown()) ?? accounts.list.find(takesFiles);
  const fileOwner = () => {
    const account = fileAccount();
    return account && ownerOf(account);
  };

  async function remember(next: Accounts) {
    const before = accounts;
    accounts = next;
    try {
      await memory.set(next);
    } catch (error) {
      // What the next start will not know is not shown either.
      if (accounts === next) accounts = before;
      throw error;
    }
  }
  async function change(id: AccountId | undefined, part: Partial<Account>) {
    const list = accounts.list.map((known) => (known.id === id ? { ...known, ...part } : known));
    await remember({ ...accounts, list });
  }
  function serviceOf(account: Account): ShareService {
    const service = services.get(account.id) ?? connect(account);
    services.set(account.id, service);
    return service;
  }
  /** Without the account, and with nothing left that points at it. */
  function without({ list, shown, clicks, server }: Accounts, id: AccountId): Accounts {
    const rest = list.filter((account) => account.id !== id);
    const next = shown === id ? rest[0]?.id : shown;
    return {
      list: rest,
      server,
      ...(next !== undefined && { shown: next }),
      ...(clicks !== undefined && clicks !== id && { clicks }),
    };
  }

  return {
    all: () => accounts,
    shown,
    owner,
    fileOwner,
    clickOwner() {
      const account = takesFiles(find(accounts.clicks)) ?? fileAccount();
      return account && ownerOf(account);
    },
    service(wanted = owner()) {
      const account = wanted && of(wanted);
      return account && !account.ended ? serviceOf(account) : undefined;
    },
    async signIn(form) {
      const address = parseServer(form.server);
      if (typeof address === 'string') return { ok: false, problem: address };
      const { service: kind } = form;
      const { address: server } = address;
      const id = crypto.randomUUID();
      const service = connect({ id, service: kind, server });
      try {
        const profile = await enter(service, form);
        const place = profile.places?.[0]?.id;
        const account: Account = { id, service: kind, server, profile, ended: false };
        const known = of(ownerOf(account));
        const leaving = known ?? (form.add || !shown()?.ended ? undefined : shown());
        const rest = leaving ? without(accounts, leaving.id) : accounts;
        if (leaving) await forget(leaving).catch(() => undefined);
        // An account that signs in again stays the one that right-click uses.
        const clicks = known && known.id === accounts.clicks ? id : rest.clicks;
        await remember({
          ...rest,
          list: [...rest.list, { ...account, ...(place !== undefined && { place }) }],
          shown: id,
          ...(clicks !== undefined && { clicks }),
          ...(kind === 'gett' && { server }),
        });
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: signInProblem(error) };
      }
    },
    async askConsent({ service: kind, server, app }) {
      const address = parseServer(server);
      if (typeof address === 'string') return { ok: false, problem: address };
      // The question belongs to nobody yet.
      const id = crypto.randomUUID();
      const { askConsent } = connect({ id, service: kind, server: address.address });
      if (!askConsent) return { ok: false, problem: 'unknown' };
      try {
        return { ok: true, question: await askConsent(app) };
      } catch (error) {
        return { ok: false, problem: signInProblem(error) };
      }
    },
    async signOut(id) {
      const leaving = find(id);
      if (!leaving) return;
      await remember(without(accounts, id));
      await forget(leaving);
    },
    useServer: (server) => remember({ ...accounts, server }),
    async show(id) {
      if (find(id)) await remember({ ...accounts, shown: id });
    },
    async useForClicks(id) {
      if (find(id)) await remember({ ...accounts, clicks: id });
    },
    async choosePlace(id, place) {
      services.delete(id);
      await change(id, { place });
    },
    update: (owner, profile) => change(of(owner)?.id, { profile }),
    end: (owner) => change(of(owner)?.id, { ended: true }),
  };

  async function forget(account: Account) {
    const service = serviceOf(account);
    services.delete(account.id);
    await service.signOut();
  }
}

async function enter(service: ShareService, form: SignInForm): Promise<Profile> {
  if ('password' in form) {
    return service.signIn({ email: form.email.trim(), password: form.password });
  }
  if (!service.signInByConsent) throw new Error('This service takes no consent.');
  return service.signInByConsent(form.consent);
}
