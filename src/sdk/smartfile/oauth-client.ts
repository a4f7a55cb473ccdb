import { SmartFileClient, type SmartFileOptions } from './client.ts';
import type { CallOptions } from './connection.ts';
import { type OAuthOptions, type OAuthToken, oauth, SmartFileOAuth } from './oauth.ts';

/** Options of {@link OAuthClient}. */
export type OAuthClientOptions = OAuthOptions &
  Omit<SmartFileOptions, 'auth'> & {
    /** Of an account that has consented before. */
    access?: OAuthToken | undefined;
  };

/**
 * A {@link SmartFileClient} that acts for an account by OAuth 1.0a. Until there is an access token,
 * every call of the API fails before anything is sent.
 *
 * @example
 * const client = new OAuthClient({ client: { token, secret } });
 * const request = await client.requestToken(callback);
 * open(client.authorizationUrl(request));
 * // … the user returns with a verifier
 * await client.accessToken(request, verifier);
 * await client.whoami();
 */
export class OAuthClient extends SmartFileClient {
  readonly #steps: SmartFileOAuth;
  readonly #held: { access: OAuthToken | undefined };

  /** @throws {SmartFileConfigurationError} when a token or secret is empty */
  constructor({ access, ...options }: OAuthClientOptions) {
    const held = { access };
    super({ ...options, auth: oauth({ ...options, access: () => held.access }) });
    this.#held = held;
    this.#steps = new SmartFileOAuth(options);
  }

  /** As {@link SmartFileOAuth.requestToken}. */
  requestToken(callback?: string, options?: CallOptions): Promise<OAuthToken> {
    return this.#steps.requestToken(callback, options);
  }

  /** As {@link SmartFileOAuth.authorizationUrl}. */
  authorizationUrl(request: Pick<OAuthToken, 'token'>): string {
    return this.#steps.authorizationUrl(request);
  }

  /** As {@link SmartFileOAuth.accessToken}; this client uses the token from then on. */
  async accessToken(
    request: OAuthToken,
    verifier: string,
    options?: CallOptions,
  ): Promise<OAuthToken> {
    this.#held.access = await this.#steps.accessToken(request, verifier, options);
    return this.#held.access;
  }
}
