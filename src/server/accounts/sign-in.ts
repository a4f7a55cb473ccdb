import { createHash } from 'node:crypto';
import type { GettLogin, GettUser } from '../../protocol/shapes.ts';
import type { AccountStore, UserRecord } from '../metadata/store.ts';
import { checkPassword } from './passwords.ts';
import { ACCESS_SECONDS, type Identity, NO_APP, type Tokens } from './tokens.ts';

export interface SignInDeps {
  accounts: AccountStore;
  tokens: Tokens;
  describeUser: (user: UserRecord) => Promise<GettUser>;
}

/** What of an API key is stored. It is long and random, so a plain hash hides it. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** `undefined` when address or password is wrong; which of the two is not told (spec section 1.3). */
export async function signInWithPassword(
  deps: SignInDeps,
  { email, password, apikey }: { email: string; password: string; apikey: string | undefined },
): Promise<GettLogin | undefined> {
  const user = await deps.accounts.userByEmail(email);
  if (!(await checkPassword(password, user?.passwordHash)) || !user) return undefined;
  // A key names the application but is no condition (spec section 4.1).
  const app = apikey ? await deps.accounts.appByKeyHash(hashKey(apikey)) : undefined;
  const active = app && app.revokedAt === undefined;
  return login(deps, { user, app: active ? String(app.appId) : NO_APP });
}

/** For somebody who needs no password: without an account. */
export function signInAs(deps: SignInDeps, user: UserRecord): Promise<GettLogin> {
  return login(deps, { user, app: NO_APP });
}

/** `undefined` when the token is not valid any more. */
export async function signInWithToken(
  deps: SignInDeps,
  refreshtoken: string,
): Promise<GettLogin | undefined> {
  const identity = await deps.tokens.identify(refreshtoken, 'refresh');
  return identity && login(deps, identity);
}

async function login({ tokens, describeUser }: SignInDeps, identity: Identity): Promise<GettLogin> {
  return {
    accesstoken: tokens.access(identity),
    refreshtoken: tokens.refresh(identity),
    expires: ACCESS_SECONDS,
    user: await describeUser(identity.user),
  };
}
