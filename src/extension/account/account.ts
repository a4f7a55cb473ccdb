import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import type { Profile, ShareService } from '../services/share-service.ts';
import { type AddressProblem, DEFAULT_SERVER, parseServer } from './server-address.ts';

/** What is remembered of the account. Tokens are kept elsewhere, see the vault. */
export interface Account {
  /** For example `https://files.example.org`. */
  server: string;
  /** Absent after signing out; the server's address stays. */
  profile?: Profile;
  /** The service has refused the token: the user has to sign in again. */
  ended: boolean;
}

/** An account as jobs remember it, to be told from every other one. */
export interface Owner {
  server: string;
  email: string;
}

export type SignInProblem =
  | AddressProblem
  | 'no-answer'
  | 'not-gett'
  | 'wrong-password'
  | 'server-trouble'
  | 'unknown';

export interface SignInForm {
  server: string;
  email: string;
  password: string;
}

export type SignInResult = { ok: true } | { ok: false; problem: SignInProblem };

export interface AccountOptions {
  memory: { get: () => Promise<Account | undefined>; set: (account: Account) => Promise<void> };
  /** @param baseUrl API root. */
  service: (baseUrl: string) => ShareService;
}

export interface AccountKeeper {
  current: () => Account;
  /** Whose files are shared here now, also while the sign-in has ended; `undefined` after signing out. */
  owner: () => Owner | undefined;
  /** `undefined` when nobody is signed in. */
  service: () => ShareService | undefined;
  signIn: (form: SignInForm) => Promise<SignInResult>;
  signOut: () => Promise<void>;
  /** Takes over new storage figures. */
  update: (profile: Profile) => Promise<void>;
  /** Notes that the token is no longer accepted. */
  end: () => Promise<void>;
}

export async function openAccount({ memory, service }: AccountOptions): Promise<AccountKeeper> {
  let account = (await memory.get()) ?? { server: DEFAULT_SERVER, ended: false };
  let active = account.profile && !account.ended ? connect(account.server) : undefined;

  function connect(server: string): ShareService | undefined {
    const address = parseServer(server);
    return typeof address === 'string' ? undefined : service(address.baseUrl);
  }
  async function remember(next: Account) {
    account = next;
    await memory.set(next);
  }

  return {
    current: () => account,
    owner: () => account.profile && { server: account.server, email: account.profile.email },
    service: () => active,
    async signIn({ server, email, password }) {
      const address = parseServer(server);
      if (typeof address === 'string') return { ok: false, problem: address };
      const candidate = service(address.baseUrl);
      try {
        const profile = await candidate.signIn({ email: email.trim(), password });
        active = candidate;
        await remember({ server: address.address, profile, ended: false });
        return { ok: true };
      } catch (error) {
        return { ok: false, problem: problemOf(error) };
      }
    },
    async signOut() {
      const leaving = active ?? connect(account.server);
      active = undefined;
      await remember({ server: account.server, ended: false });
      await leaving?.signOut();
    },
    async update(profile) {
      if (account.profile) await remember({ ...account, profile });
    },
    async end() {
      active = undefined;
      await remember({ ...account, ended: true });
    },
  };
}

const PROBLEMS: Partial<Record<GettErrorCode, SignInProblem>> = {
  'wrong-credentials': 'wrong-password',
  unauthorized: 'wrong-password',
  network: 'no-answer',
  timeout: 'no-answer',
  'invalid-answer': 'not-gett',
  'not-found': 'not-gett',
  server: 'server-trouble',
  'too-many-requests': 'server-trouble',
};

function problemOf(error: unknown): SignInProblem {
  return (isGettError(error) && PROBLEMS[error.code]) || 'unknown';
}
