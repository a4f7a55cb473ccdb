import type { Params } from './message.ts';

const SECRET_PARAMS = ['password', 'token'];
const PLACEHOLDER = '[redacted]';

/** Knows the secrets sent over one connection, so that a server's complaint cannot repeat them. */
export class Secrets {
  readonly #values = new Set<string>();

  addFrom(params: Params): void {
    for (const name of SECRET_PARAMS) {
      const value = params[name];
      if (typeof value === 'string' && value !== '') this.#values.add(value);
    }
  }

  redact(text: string): string {
    // The longest first: one secret may be part of another.
    const values = [...this.#values].sort((a, b) => b.length - a.length);
    return values.reduce((result, value) => result.replaceAll(value, PLACEHOLDER), text);
  }

  /** Redacts every text inside a value that came from JSON. */
  redactData(data: unknown): unknown {
    if (data === undefined) return undefined;
    return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
      typeof value === 'string' ? this.redact(value) : value,
    );
  }
}
