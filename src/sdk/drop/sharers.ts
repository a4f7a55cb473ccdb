import { boolean, number, object, optional } from '../../protocol/decoder.ts';
import { readToken } from '../../protocol/token.ts';
import { GettClient } from '../gett/client.ts';
import { memoryTokenStore } from '../gett/tokens.ts';
import { systemClock } from '../http/clock.ts';
import { createHttp } from '../http/http.ts';

/** The part of a `GettClient` that shares; that of another copy of the SDK will do. */
export type SharingClient = Pick<GettClient, 'shares' | 'files' | 'me'> &
  Partial<Pick<GettClient, 'live'>>;

/** In whose name something is shared. */
export interface Sharer {
  /** A client for the next share. */
  client(): Promise<SharingClient>;
  readonly anonymous: boolean;
}

export const sharerOf = (client: SharingClient): Sharer => ({
  client: async () => client,
  anonymous: false,
});

/** By an access token or a refresh token. */
export function tokenSharer(baseUrl: string, token: string, apiKey?: string): Sharer {
  const fields = readToken(token);
  const tokens =
    fields?.kind === 'access'
      ? memoryTokenStore({
          accessToken: token,
          // It cannot be renewed, so it is used until the server refuses it.
          refreshToken: '',
          expiresAt: Number.MAX_SAFE_INTEGER,
        })
      : memoryTokenStore();
  const gett = new GettClient({ baseUrl, tokens, ...(apiKey !== undefined && { apiKey }) });
  const ready = fields?.kind === 'access' ? undefined : () => gett.signIn({ refreshToken: token });
  let signedIn: Promise<unknown> | undefined;
  return {
    anonymous: false,
    async client() {
      signedIn ??= ready?.().catch((error: unknown) => {
        signedIn = undefined;
        throw error;
      });
      await signedIn;
      return gett;
    },
  };
}

/** Without an account: each share has a sign-in of its own, and with it the room of one. */
export const anonymousSharer = (baseUrl: string): Sharer => ({
  anonymous: true,
  async client() {
    const gett = new GettClient({ baseUrl });
    await gett.signIn({ anonymous: true });
    return gett;
  },
});

/** What people without an account may do. */
export interface AnonymousLimits {
  maxSize: number;
  days: number;
}

const decodeAnonymous = object({
  allowed: boolean,
  maxsize: optional(number),
  lifetime: optional(number),
});

/** `undefined` where the server shares for people with an account only. */
export async function anonymousLimits(baseUrl: string): Promise<AnonymousLimits | undefined> {
  const http = createHttp({
    baseUrl,
    clock: systemClock,
    timeout: 30_000,
    contentType: 'application/json',
  });
  const { allowed, maxsize, lifetime } = await http.json(
    { path: 'users/anonymous' },
    decodeAnonymous,
  );
  if (!allowed || maxsize === undefined || lifetime === undefined) return undefined;
  return { maxSize: maxsize, days: Math.max(1, Math.round(lifetime / 86_400)) };
}
