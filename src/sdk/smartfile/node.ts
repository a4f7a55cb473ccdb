import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { normalizeBaseUrl } from './address.ts';
import { type ApiKey, apiKey, login } from './auth.ts';
import { SmartFileClient, type SmartFileOptions } from './client.ts';
import { SmartFileConfigurationError } from './errors.ts';
import { findInNetrc } from './netrc.ts';
import type { OAuthToken } from './oauth.ts';
import { OAuthClient, type OAuthClientOptions } from './oauth-client.ts';

/** Variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says. An empty variable counts as absent. */
export interface SmartFileEnvironment {
  /** `SMARTFILE_API_URL`. */
  baseUrl?: string | undefined;
  /** `SMARTFILE_API_KEY`. */
  key?: string | undefined;
  /** `SMARTFILE_API_PASSWORD`. */
  password?: string | undefined;
  /** `SMARTFILE_USER` and `SMARTFILE_PASS`: an account instead of a key. */
  login?: { username: string; password: string } | undefined;
  /** `SMARTFILE_CLIENT_TOKEN` and `SMARTFILE_CLIENT_SECRET`. */
  client?: OAuthToken | undefined;
  /** `SMARTFILE_ACCESS_TOKEN` and `SMARTFILE_ACCESS_SECRET`. */
  access?: OAuthToken | undefined;
}

/** Reads the `SMARTFILE_…` variables. */
export function credentialsFromEnvironment(
  environment: Environment = process.env,
): SmartFileEnvironment {
  const value = (name: string) => environment[`SMARTFILE_${name}`] || undefined;
  const pair = (first: string, second: string) => {
    const values = [value(first), value(second)];
    return values[0] && values[1] ? { name: values[0], secret: values[1] } : undefined;
  };
  const token = (kind: string): OAuthToken | undefined => {
    const found = pair(`${kind}_TOKEN`, `${kind}_SECRET`);
    return found && { token: found.name, secret: found.secret };
  };
  const account = pair('USER', 'PASS');
  return {
    baseUrl: value('API_URL'),
    key: value('API_KEY'),
    password: value('API_PASSWORD'),
    login: account && { username: account.name, password: account.secret },
    client: token('CLIENT'),
    access: token('ACCESS'),
  };
}

/** Where to look for the credentials of a host. */
export interface NetrcOptions {
  /** Host of the base URL, with `:port` when it has one. */
  host: string;
  /** Default `~/.netrc`, which may be missing. */
  file?: string | undefined;
}

/**
 * Key (`login`) and password of a host from a netrc file.
 *
 * @throws {SmartFileConfigurationError} when a file that was named cannot be read
 */
export async function credentialsFromNetrc({ host, file }: NetrcOptions): Promise<Partial<ApiKey>> {
  const place = file ?? path.join(homedir(), '.netrc');
  const text = await readFile(place, 'utf8').catch(() => {
    if (file === undefined) return '';
    throw new SmartFileConfigurationError(`The netrc file ${place} cannot be read.`);
  });
  const entry = findInNetrc(text, host);
  return {
    ...(entry?.login && { key: entry.login }),
    ...(entry?.password && { password: entry.password }),
  };
}

interface Sources {
  /** Default `process.env`. */
  environment?: Environment;
}

/** Options of {@link createBasicClient}. */
export type CreateBasicClientOptions = Partial<ApiKey> &
  Omit<SmartFileOptions, 'auth'> &
  Sources & {
    /** Default `~/.netrc`. */
    netrcFile?: string;
  };

/**
 * A client with the key and the password each from the first place that has it: the arguments, the
 * environment, the netrc file. `SMARTFILE_USER` and `SMARTFILE_PASS` are taken when neither the
 * arguments nor the environment hold any part of a key.
 *
 * @throws {SmartFileConfigurationError} when one of the two is nowhere, or is too short
 */
export async function createBasicClient(
  options: CreateBasicClientOptions = {},
): Promise<SmartFileClient> {
  const { key, password, environment, netrcFile, ...others } = options;
  const fromEnvironment = credentialsFromEnvironment(environment);
  const baseUrl = normalizeBaseUrl(others.baseUrl ?? fromEnvironment.baseUrl);
  const found = {
    key: key ?? fromEnvironment.key,
    password: password ?? fromEnvironment.password,
  };
  if (!found.key && !found.password && fromEnvironment.login) {
    return new SmartFileClient({ ...others, baseUrl, auth: login(fromEnvironment.login) });
  }
  if (found.key === undefined || found.password === undefined) {
    const fromFile = await credentialsFromNetrc({ host: new URL(baseUrl).host, file: netrcFile });
    found.key ??= fromFile.key;
    found.password ??= fromFile.password;
  }
  if (found.key === undefined || found.password === undefined) {
    throw new SmartFileConfigurationError(
      'There is no API key: pass key and password, set SMARTFILE_API_KEY and SMARTFILE_API_PASSWORD, or add the host to ~/.netrc.',
    );
  }
  const auth = apiKey({ key: found.key, password: found.password });
  return new SmartFileClient({ ...others, baseUrl, auth });
}

/** Options of {@link createOAuthClient}. */
export type CreateOAuthClientOptions = Partial<OAuthClientOptions> & Sources;

/**
 * An OAuth client with the tokens from the arguments or the environment.
 *
 * @throws {SmartFileConfigurationError} when there is no client token
 */
export function createOAuthClient(options: CreateOAuthClientOptions = {}): OAuthClient {
  const { environment, ...others } = options;
  const found = credentialsFromEnvironment(environment);
  const client = others.client ?? found.client;
  if (!client) {
    throw new SmartFileConfigurationError(
      'There is no client token: pass client, or set SMARTFILE_CLIENT_TOKEN and SMARTFILE_CLIENT_SECRET.',
    );
  }
  return new OAuthClient({
    ...others,
    client,
    access: others.access ?? found.access,
    baseUrl: others.baseUrl ?? found.baseUrl,
  });
}
