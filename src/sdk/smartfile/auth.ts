import { SmartFileConfigurationError } from './errors.ts';

/** How requests prove who sends them: {@link apiKey}, {@link login} or {@link oauth}. */
export interface SmartFileAuth {
  /**
   * Value of the `Authorization` header, made anew for every attempt.
   *
   * @throws {SmartFileConfigurationError} when there is nothing to sign with yet
   */
  authorization(request: { method: string; url: string }): string;
  /** The text without the secrets that this object knows. */
  redact(text: string): string;
}

/** A key and its password. */
export interface ApiKey {
  /** From the developer page of an account; at least 30 characters. */
  key: string;
  /** From the same page, at least 30 characters; not that of the account. */
  password: string;
}

const shortestKey = 30;

/**
 * HTTP Basic with an API key (spec section 2.1).
 *
 * @throws {SmartFileConfigurationError} when either part is shorter than 30 characters
 */
export function apiKey({ key, password }: ApiKey): SmartFileAuth {
  for (const [name, value] of Object.entries({ key, password })) {
    if (value.trim().length < shortestKey) {
      throw new SmartFileConfigurationError(
        `The API ${name} must have at least ${shortestKey} characters: copy it whole.`,
      );
    }
  }
  return basic(key.trim(), password.trim(), key.trim());
}

/** HTTP Basic with the name and password of an account. */
export function login(account: { username: string; password: string }): SmartFileAuth {
  if (account.username === '' || account.username.includes(':')) {
    throw new SmartFileConfigurationError('The user name must not be empty or hold a colon.');
  }
  return basic(account.username, account.password);
}

/** https://www.rfc-editor.org/rfc/rfc7617#section-2.1: UTF-8. */
function basic(user: string, password: string, ...secrets: string[]): SmartFileAuth {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  const credentials = btoa(String.fromCharCode(...bytes));
  return {
    authorization: () => `Basic ${credentials}`,
    redact: redactor(credentials, password, ...secrets),
  };
}

/** Replaces each of the secrets; a service that echoes them must not bring them into an error. */
export function redactor(...secrets: (string | undefined)[]): (text: string) => string {
  return (text) =>
    secrets.reduce<string>(
      (clean, secret) => (secret ? clean.replaceAll(secret, '[redacted]') : clean),
      text,
    );
}
