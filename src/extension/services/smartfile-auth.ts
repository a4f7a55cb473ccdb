import { DecodeError, object, string } from '../../protocol/decoder.ts';
import { apiKey, login, oauth, type SmartFileAuth } from '../../sdk/smartfile/index.ts';
import type { TokenPair } from './share-service.ts';

/** Both halves of a key of the API are that long at least, names of accounts hardly ever. */
const KEY_LENGTH = 30;

/** What is kept of a sign-in. */
export type SmartFileSecret = readonly [user: string, password: string] | ConsentSecret;

/** The user has consented on SmartFile's page. */
interface ConsentSecret {
  app: TokenPair;
  access: TokenPair;
}

const pair = object({ token: string, secret: string });
const consentSecret = object({ app: pair, access: pair });

/** How requests are signed with it. */
export function authOf(secret: SmartFileSecret): SmartFileAuth {
  if ('app' in secret) return oauth({ client: secret.app, access: secret.access });
  const [user, password] = secret;
  return user.length >= KEY_LENGTH && password.length >= KEY_LENGTH
    ? apiKey({ key: user, password })
    : login({ username: user, password });
}

/** `undefined` for what this version has not written. */
export function readSecret(text: string | undefined): SmartFileSecret | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return consentSecret(value, 'secret');
    return [string(value[0], 'user'), string(value[1], 'password')];
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
