import type { Decoder } from '../../protocol/decoder.ts';
import { decodeLogin } from '../../protocol/decoders.ts';
import type { GettUser } from '../../protocol/shapes.ts';
import { abortable } from '../http/abort.ts';
import { UnauthorizedError, WrongCredentialsError } from '../http/answer-errors.ts';
import { NotSignedInError } from '../http/call-errors.ts';
import type { Clock } from '../http/clock.ts';
import { isGettError } from '../http/gett-error.ts';
import type { Call, Http } from '../http/http.ts';
import type { TokenStore, Tokens } from './tokens.ts';

/** Access tokens are renewed when less than this is left, or half of a shorter life (spec section 2). */
const RENEW_BEFORE_MS = 3_600_000;

/**
 * E-mail and password, or a refresh token of an earlier sign-in. Servers that allow it also take
 * people without an account, with limits of their own; such a sign-in is meant for one share.
 */
export type Credentials =
  | { email: string; password: string }
  | { refreshToken: string }
  | { anonymous: true };

/** The part of the Web Locks API that is used; `navigator.locks` where it exists. */
export interface Locks {
  /** Runs `body` when nobody else holds the lock of this name; resolves with its result. */
  request<T>(name: string, body: () => Promise<T>): Promise<T>;
}

export interface SessionOptions {
  http: Http;
  tokens: TokenStore;
  apiKey?: string | undefined;
  clock: Clock;
  locks: Locks | null | undefined;
  /** Name of the lock under which tokens are renewed; the same for all contexts of one account. */
  lockName: string;
}

/** Holds the tokens and puts a fresh one into every call that needs one. */
export class Session {
  readonly http: Http;
  readonly #options: SessionOptions;
  #renewal: Promise<string> | undefined;
  #renewBefore: number = RENEW_BEFORE_MS;

  constructor(options: SessionOptions) {
    this.http = options.http;
    this.#options = options;
  }

  async signIn(credentials: Credentials, signal?: AbortSignal): Promise<GettUser> {
    try {
      const { user, tokens } = await this.#login(credentials, signal);
      await this.#options.tokens.set(tokens);
      return user;
    } catch (error) {
      if (!(error instanceof UnauthorizedError) || !('email' in credentials)) throw error;
      throw new WrongCredentialsError(error.message, error);
    }
  }

  signOut(): Promise<void> {
    return this.#options.tokens.clear();
  }

  /** A call with the owner's token. After a 401 the token is renewed and the call repeated once. */
  async json<T>(call: Call, decode: Decoder<T>): Promise<T> {
    const { query, signal } = call;
    const callWith = (accesstoken: string) =>
      this.http.json({ ...call, query: { ...query, accesstoken } }, decode);
    const token = await this.accessToken(signal);
    try {
      return await callWith(token);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      return callWith(await this.#renewed(token, signal));
    }
  }

  /** Like {@link json}, without a token when nobody is signed in. */
  async openJson<T>(call: Call, decode: Decoder<T>): Promise<T> {
    const tokens = await this.#options.tokens.get();
    return (tokens ? this : this.http).json(call, decode);
  }

  /** A token that is good for some time still. */
  async accessToken(signal?: AbortSignal): Promise<string> {
    const { accessToken, expiresAt } = await this.#stored();
    const left = expiresAt - this.#options.clock.now();
    if (left > this.#renewBefore) return accessToken;
    try {
      return await this.#renewed(accessToken, signal);
    } catch (error) {
      // Early renewal may fail as long as the old token still works.
      if (left > 0 && isGettError(error) && error.retryable) return accessToken;
      throw error;
    }
  }

  async #stored(): Promise<Tokens> {
    const tokens = await this.#options.tokens.get();
    if (tokens) return tokens;
    throw new NotSignedInError('Nobody is signed in.');
  }

  /** One renewal for all who ask at the same time, in this context and, by the lock, in others. */
  #renewed(stale: string, signal: AbortSignal | undefined): Promise<string> {
    const { locks, lockName } = this.#options;
    const renew = () => this.#renew(stale);
    this.#renewal ??= (locks ? locks.request(lockName, renew) : renew()).finally(() => {
      this.#renewal = undefined;
    });
    return abortable(this.#renewal, signal);
  }

  async #renew(stale: string): Promise<string> {
    const { tokens: store } = this.#options;
    const { accessToken, refreshToken } = await this.#stored();
    if (accessToken !== stale) return accessToken;
    // Meanwhile somebody may have signed out, or in with another account: theirs counts.
    const unchanged = async () => (await store.get())?.refreshToken === refreshToken;
    try {
      const { tokens } = await this.#login({ refreshToken });
      if (!(await unchanged())) throw new NotSignedInError('Nobody is signed in.');
      await store.set(tokens);
      return tokens.accessToken;
    } catch (error) {
      if (error instanceof UnauthorizedError && (await unchanged())) await store.clear();
      throw error;
    }
  }

  async #login(
    credentials: Credentials,
    signal?: AbortSignal,
  ): Promise<{ user: GettUser; tokens: Tokens }> {
    const { apiKey: apikey, clock } = this.#options;
    const body =
      'refreshToken' in credentials
        ? { refreshtoken: credentials.refreshToken }
        : { apikey, ...credentials };
    const login = await this.http.json({ path: 'users/login', body, signal }, decodeLogin);
    const { user, accesstoken: accessToken, refreshtoken: refreshToken } = login;
    // The duration counts, not the token's own field: this computer's clock may be wrong.
    const life = login.expires * 1000;
    this.#renewBefore = Math.min(RENEW_BEFORE_MS, life / 2);
    return { user, tokens: { accessToken, refreshToken, expiresAt: clock.now() + life } };
  }
}
