import { decodeUser } from '../../protocol/decoders.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import { createHttp, type Fetch } from '../http/http.ts';
import { Live } from '../live/live.ts';
import type { LiveSocketConstructor } from '../live/socket.ts';
import { uploadFile } from '../upload/engine.ts';
import type { Uploader } from '../upload/types.ts';
import type { CallOptions, FileContext } from './file.ts';
import { Files } from './files.ts';
import { type Credentials, type Locks, Session } from './session.ts';
import { Shares } from './shares.ts';
import { memoryTokenStore, type TokenStore } from './tokens.ts';
import {
  type NamedSource,
  type ShareUpload,
  type ShareUploadOptions,
  uploadShare,
} from './upload.ts';
import { type User, userOf } from './user.ts';

/** Options of {@link GettClient}. */
export interface GettClientOptions {
  /** The API root, for example `https://files.example.org/1`. */
  baseUrl: string;
  /** Names the application at sign-in; today's services do not ask for it. */
  apiKey?: string;
  /** Where tokens are kept; in memory by default. */
  tokens?: TokenStore;
  /** Milliseconds until the answer to a JSON call must be there, 30,000 by default. */
  timeout?: number;
  /** `text/plain` avoids the preflight of cross-origin calls; `application/json` by default. */
  contentType?: 'application/json' | 'text/plain';
  /** For JSON calls and downloads; the global one by default. */
  fetch?: Fetch;
  /** Renews tokens once across tabs and workers; `navigator.locks` where it exists, `null` for none. */
  locks?: Locks | null;
  /** Sends files; {@link uploadFile} by default. */
  uploadFile?: Uploader;
  /** Of the Live API; by default the root of the service's host (spec section 6.1). */
  liveUrl?: string;
  /** For the Live API; the global one by default. Node before 22 needs `LiveWebSocket`. */
  WebSocket?: LiveSocketConstructor;
  /** For waiting, and for the life of tokens; the system's by default. */
  clock?: Clock;
}

/** `fetch` refuses addresses with credentials, and would name them in its error. */
const API_ROOT = /^https?:[^?#@]+$/;

/**
 * A client of one Ge.tt-compatible service.
 *
 * @example
 * const gett = new GettClient({ baseUrl: 'https://files.example.org/1' });
 * await gett.signIn({ email: 'ada@example.org', password });
 * const upload = gett.upload([file], { title: 'Notes' });
 * console.log(await upload.link);
 * await upload.done;
 */
export class GettClient {
  /** Shares of the user, and those of anybody by name. */
  readonly shares: Shares;
  /** Files by share and id. */
  readonly files: Files;
  /** What happens to the user's files, as it happens. */
  readonly live: Live;
  readonly #session: Session;

  constructor({
    baseUrl,
    apiKey,
    tokens = memoryTokenStore(),
    timeout = 30_000,
    contentType = 'application/json',
    fetch,
    locks = globalThis.navigator?.locks,
    uploadFile: upload = uploadFile,
    liveUrl,
    WebSocket,
    clock = systemClock,
  }: GettClientOptions) {
    if (!URL.canParse(baseUrl) || !API_ROOT.test(baseUrl)) {
      throw new TypeError('baseUrl must be an address such as https://files.example.org/1');
    }
    const http = createHttp({ baseUrl, fetch, clock, timeout, contentType });
    const lockName = `gett-tokens ${http.url('')}`;
    const session = new Session({ http, tokens, apiKey, clock, locks, lockName });
    const context: FileContext = { session, upload };
    this.#session = session;
    this.shares = new Shares(context);
    this.files = new Files(context);
    this.live = new Live({
      url: liveUrl ?? new URL('/', baseUrl).href.replace(/^http/, 'ws'),
      WebSocket,
      accessToken: (signal) => session.accessToken(signal),
      verify: (signal) => this.me({ signal }),
      clock,
    });
  }

  /**
   * Signs in and keeps the tokens. The access token is renewed by itself from then on.
   * @throws WrongCredentialsError, UnauthorizedError (a refresh token that was revoked)
   */
  async signIn(credentials: Credentials, { signal }: CallOptions = {}): Promise<User> {
    return userOf(await this.#session.signIn(credentials, signal));
  }

  /** Forgets the tokens. */
  signOut(): Promise<void> {
    return this.#session.signOut();
  }

  /** The account, with storage figures as they are now. */
  async me(options: CallOptions = {}): Promise<User> {
    return userOf(await this.#session.json({ ...options, path: 'users/me' }, decodeUser));
  }

  /** An access token that is good for some time still, renewed first where needed. */
  accessToken({ signal }: CallOptions = {}): Promise<string> {
    return this.#session.accessToken(signal);
  }

  /**
   * Makes one share of some files. The link is there after the announcements, whatever the size
   * of the files.
   */
  upload(files: readonly NamedSource[], options: ShareUploadOptions = {}): ShareUpload {
    return uploadShare(this.shares, files, options);
  }
}
