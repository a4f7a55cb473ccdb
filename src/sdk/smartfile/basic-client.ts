import { type ApiKey, apiKey } from './auth.ts';
import { SmartFileClient, type SmartFileOptions } from './client.ts';

/** Options of {@link BasicClient}. */
export type BasicClientOptions = ApiKey & Omit<SmartFileOptions, 'auth'>;

/**
 * A {@link SmartFileClient} that signs in with an API key.
 *
 * @example
 * const client = new BasicClient({ key, password });
 * await client.get('/path/info', '/');
 */
export class BasicClient extends SmartFileClient {
  /** @throws {SmartFileConfigurationError} when either part of the key has under 30 characters */
  constructor({ key, password, ...options }: BasicClientOptions) {
    super({ ...options, auth: apiKey({ key, password }) });
  }
}
