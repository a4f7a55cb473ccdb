/** Codes of section 8 of the specification, and those of JSON-RPC. */
export const CODES = {
  parse: -32700,
  invalidRequest: -32600,
  noSuchMethod: -32601,
  invalidParams: -32602,
  notAuthenticated: 1,
  denied: 2,
  notFound: 3,
  wrongState: 4,
  requestForgotten: 5,
  unsupported: 6,
  failed: 7,
} as const;

/** What a method throws to be answered with an error object. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}
