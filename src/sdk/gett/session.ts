import type { Decoder } from '../../protocol/decoder.ts';
import { decodeLogin } from '../../protocol/decoders.ts';
import type { GettLogin } from '../../protocol/shapes.ts';
import { UnauthorizedError, WrongCredentialsError } from '../http/answer-errors.ts';
import { NotSignedInError } from '../http/call-errors.ts';
import type { Clock } from '../http/clock.ts';
import { isGettError } from '../http/gett-error.ts';
import type { Call, Http } from '../http/http.ts';
import type { TokenStore, Tokens } from './tokens.ts';

/** Access tokens are renewed when less than this is left, or half of a shorter life (spec section 2). */
const RENEW_BEFORE_MS = 3_600_000;

/** E-mail and password, or a refresh token of an earlier sign-in. */
export type Credentials = { email: string; password: string } | { refreshToken: string };

/** The part of the Web Locks API that is used; `navigator.locks` where it exists. */
export interface Locks {
  request<T>(name: string, body: () => Promise<T>): Promise<T>;
}

export interface SessionOptions {
  http: Http;
  tokens: TokenStore;
  apiKey?: string | undefined;
  clock: Clock;
  locks?: Locks | undefined;
  /** Name of the lock under which tokens are renewed; the same for all contexts of one account. */
  lockName: string;
}

/** Holds the tokens and puts a fresh one into every call that needs one. */
export class Session {
  readonly http: Http;
  readonly #options: SessionOptions;
  #renewal: Promise<Tokens> | undefined;
  #renewBefore: number = RENEW_BEFORE_MS;

  constructor(options: SessionOptions) {
    this.http = options.http;
    this.#options = options;
  }

  async signIn(credentials: Credentials, signal?: AbortSignal): Promise<GettLogin> {
    try {
      const login = await this.#login(credentials, signal);
      await this.#options.tokens.set(this.#tokensOf(login));
      return login;
    } catch (error) {
      if (!(error instanceof UnauthorizedError) || 'refreshToken' in credentials) throw error;
      throw new WrongCredentialsError(error.message, error);
    }
  }

  signOut(): Promise<void> {
    return this.#options.tokens.clear();
  }

  /** A call with the owner's token. After a 401 the token is renewed and the call repeated once. */
  async json<T>(call: Call, decode: Decoder<T>): Promise<T> {
    const accesstoken = await this.accessToken(call.signal);
    const withToken = (token: string): Call => ({
      ...call,
      query: { ...call.query, accesstoken: token },
    });
    try {
      return await this.http.json(withToken(accesstoken), decode);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
      const renewed = await abortable(this.#renew(accesstoken), call.signal);
      return this.http.json(withToken(renewed.accessToken), decode);
    }
  }

  /** Like {@link json}, without a token when nobody is signed in. */
  async openJson<T>(call: Call, decode: Decoder<T>): Promise<T> {
    const signedIn = (await this.#options.tokens.get()) !== undefined;
    return signedIn ? this.json(call, decode) : this.http.json(call, decode);
  }

  /** A token that is good for some time still. */
  async accessToken(signal?: AbortSignal): Promise<string> {
    const { tokens: store, clock } = this.#options;
    const tokens = await store.get();
    if (!tokens) throw new NotSignedInError('Nobody is signed in.');
    const left = tokens.expiresAt - clock.now();
    if (left > this.#renewBefore) return tokens.accessToken;
    try {
      return (await abortable(this.#renew(tokens.accessToken), signal)).accessToken;
    } catch (error) {
      // Early renewal may fail as long as the old token still works.
      if (left > 0 && isGettError(error) && error.retryable) return tokens.accessToken;
      throw error;
    }
  }

  /** One renewal for all who ask at the same time, in this context and, by the lock, in others. */
  #renew(stale: string): Promise<Tokens> {
    const { locks, lockName } = this.#options;
    const renew = () => this.#renewUnlessDone(stale);
    this.#renewal ??= (locks ? locks.request(lockName, renew) : renew()).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewUnlessDone(stale: string): Promise<Tokens> {
    const { tokens: store } = this.#options;
    const current = await store.get();
    if (!current) throw new NotSignedInError('Nobody is signed in.');
    if (current.accessToken !== stale) return current;
    const { refreshToken } = current;
    // Meanwhile somebody may have signed out, or in with another account: theirs counts.
    const unchanged = async () => (await store.get())?.refreshToken === refreshToken;
    try {
      const next = this.#tokensOf(await this.#login({ refreshToken }));
      if (!(await unchanged())) throw new NotSignedInError('The account was changed meanwhile.');
      await store.set(next);
      return next;
    } catch (error) {
      if (error instanceof UnauthorizedError && (await unchanged())) await store.clear();
      throw error;
    }
  }

  #login(credentials: Credentials, signal?: AbortSignal): Promise<GettLogin> {
    const { apiKey } = this.#options;
    const body =
      'refreshToken' in credentials
        ? { refreshtoken: credentials.refreshToken }
        : { ...(apiKey !== undefined && { apikey: apiKey }), ...credentials };
    return this.http.json({ path: 'users/login', body, signal }, decodeLogin);
  }

  /** The duration counts, not the token's own field: this computer's clock may be wrong. */
  #tokensOf({ accesstoken, refreshtoken, expires }: GettLogin): Tokens {
    const life = expires * 1000;
    this.#renewBefore = Math.min(RENEW_BEFORE_MS, life / 2);
    const expiresAt = this.#options.clock.now() + life;
    return { accessToken: accesstoken, refreshToken: refreshtoken, expiresAt };
  }
}

/** Lets one caller stop waiting without ending what others wait for too. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
