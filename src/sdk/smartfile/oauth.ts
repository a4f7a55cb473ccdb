import OAuth from 'oauth-1.0a';
import { type Clock, systemClock } from '../http/clock.ts';
import { normalizeBaseUrl } from './address.ts';
import { invalidAnswer } from './answer.ts';
import { redactor, type SmartFileAuth } from './auth.ts';
import {
  type CallOptions,
  type Connection,
  type ConnectionOptions,
  connect,
} from './connection.ts';
import { SmartFileConfigurationError, SmartFileResponseError } from './errors.ts';
import { randomHex } from './random.ts';
import type { HttpRequest } from './transport.ts';

/** A token and its secret: of the application (client), of a request, or of an account (access). */
export interface OAuthToken {
  token: string;
  secret: string;
}

/** Options of {@link oauth}. */
export interface OAuthOptions {
  /** The application's own token, from the developer page. */
  client: OAuthToken;
  /** Letters and digits, at most 64, new for every request. Default: 32 random ones. */
  nonce?: () => string;
  /** Default: the system's. */
  clock?: Clock;
}

type Signer = (
  request: { method: string; url: string },
  token: OAuthToken | undefined,
  extra?: { oauth_callback?: string; oauth_verifier?: string },
) => string;

/** OAuth 1.0a with signature method PLAINTEXT (spec section 2.2). */
function createSigner(options: OAuthOptions): Signer {
  const { client, nonce = () => randomHex(16), clock = systemClock } = options;
  assertToken('client', client);
  const oauth = new OAuth({
    consumer: { key: client.token, secret: client.secret },
    signature_method: 'PLAINTEXT',
  });
  oauth.getNonce = nonce;
  oauth.getTimeStamp = () => Math.floor(clock.now() / 1000);
  return (request, token, extra) => {
    const pair = token && { key: token.token, secret: token.secret };
    return oauth.toHeader({ ...oauth.authorize(request, pair), ...extra }).Authorization;
  };
}

function assertToken(name: string, { token, secret }: OAuthToken): void {
  if (token.trim() === '' || secret.trim() === '') {
    throw new SmartFileConfigurationError(`The ${name} token and secret must not be empty.`);
  }
}

/**
 * Signs API calls for one account.
 *
 * @param options `access` may be a function, for a token that comes later
 */
export function oauth(
  options: OAuthOptions & { access: OAuthToken | (() => OAuthToken | undefined) },
): SmartFileAuth {
  const { client, access } = options;
  const sign = createSigner(options);
  const current = typeof access === 'function' ? access : () => access;
  const known = current();
  if (known) assertToken('access', known);
  return {
    authorization(request) {
      const token = current();
      if (!token) {
        throw new SmartFileConfigurationError(
          'There is no access token yet: finish the OAuth steps first.',
        );
      }
      return sign(request, token);
    },
    redact: (text) => redactor(client.secret, current()?.secret, current()?.token)(text),
  };
}

/** The three steps that lead to an access token (spec section 2.2). */
export class SmartFileOAuth {
  readonly #sign: Signer;
  readonly #root: string;
  readonly #client: OAuthToken;
  readonly #connection: Connection;

  constructor(options: OAuthOptions & ConnectionOptions & { baseUrl?: string | undefined }) {
    this.#sign = createSigner(options);
    this.#client = options.client;
    this.#root = `${normalizeBaseUrl(options.baseUrl)}oauth/`;
    this.#connection = connect(options);
  }

  /**
   * Step 1.
   *
   * @param callback where the user returns with `oauth_token` and `oauth_verifier`; without it, or
   *   with `oob`, the verifier is shown to the user to type in
   */
  requestToken(callback?: string, options: CallOptions = {}): Promise<OAuthToken> {
    const extra = callback === undefined ? {} : { oauth_callback: callback };
    return this.#exchange('request_token/', undefined, extra, options.signal);
  }

  /** Step 2: the page that asks the user for consent. */
  authorizationUrl(request: Pick<OAuthToken, 'token'>): string {
    return `${this.#root}authorize/?${new URLSearchParams({ oauth_token: request.token })}`;
  }

  /**
   * Step 3.
   *
   * @param request what step 1 gave
   * @param verifier what the user, or the callback's address, brought back
   */
  accessToken(
    request: OAuthToken,
    verifier: string,
    options: CallOptions = {},
  ): Promise<OAuthToken> {
    assertToken('request', request);
    return this.#exchange('access_token/', request, { oauth_verifier: verifier }, options.signal);
  }

  async #exchange(
    step: string,
    token: OAuthToken | undefined,
    extra: Parameters<Signer>[2],
    signal: AbortSignal | undefined,
  ): Promise<OAuthToken> {
    const auth: SmartFileAuth = {
      authorization: (request) => this.#sign(request, token, extra),
      redact: redactor(this.#client.secret, token?.secret, token?.token, extra?.oauth_verifier),
    };
    const request: HttpRequest = {
      method: 'POST',
      url: `${this.#root}${step}`,
      endpoint: `POST oauth/${step}`,
      auth,
      signal,
    };
    const response = await this.#connection.send(request).catch((error: unknown) => {
      throw error instanceof SmartFileResponseError ? inPlainText(error) : error;
    });
    const answer = new URLSearchParams(await this.#connection.text(request, response));
    const issued = answer.get('oauth_token');
    const secret = answer.get('oauth_token_secret');
    if (issued && secret) return { token: issued, secret };
    throw invalidAnswer(request, response, 'there is no token in it.');
  }
}

/** A refused step is explained by one line of plain text instead of JSON. */
function inPlainText(error: SmartFileResponseError): SmartFileResponseError {
  const { endpoint, status, headers, body } = error;
  const detail = typeof body === 'string' ? body.trim() : '';
  return /^[^<\n]{1,200}$/.test(detail)
    ? new SmartFileResponseError({ endpoint, status, detail, headers, body })
    : error;
}
