/** Codes of the error object of an answer; those from -32768 to -32000 are JSON-RPC's own. */
export const ERROR_CODES = {
  parse: -32700,
  invalidRequest: -32600,
  internal: -32603,
  notAuthenticated: 1,
  denied: 2,
  notFound: 3,
  wrongState: 4,
  requestForgotten: 5,
  unsupported: 6,
  failed: 7,
} as const;

/** What is known about a failure. */
export interface JetStreamErrorOptions extends ErrorOptions {
  /** Whatever the server added to its refusal; for a failed operation the structure itself. */
  data?: unknown;
}

/** Base of every error of this client, and the class of answers with a code that it does not know. */
export class JetStreamError extends Error {
  override readonly name: string = 'JetStreamError';
  readonly data: unknown;

  constructor(
    message: string,
    /** The server's code; 0 when there was no answer to take one from. */
    readonly code: number,
    { data, ...options }: JetStreamErrorOptions = {},
  ) {
    super(message, options);
    this.data = data;
  }
}

/** One side broke the rules of JSON-RPC, or an answer did not have the promised shape. */
export class JetStreamProtocolError extends JetStreamError {
  override readonly name = 'JetStreamProtocolError';
}

/** Not signed in, or user, password or token are wrong, spent or expired. */
export class JetStreamAuthError extends JetStreamError {
  override readonly name = 'JetStreamAuthError';
}

/** No such object or request, or it belongs to somebody else. */
export class JetStreamNotFoundError extends JetStreamError {
  override readonly name = 'JetStreamNotFoundError';
}

/** The object exists but is not in a state that allows this, for example an incomplete manifest. */
export class JetStreamStateError extends JetStreamError {
  override readonly name = 'JetStreamStateError';
}

/** The server's revision does not know this method. */
export class JetStreamUnsupportedError extends JetStreamError {
  override readonly name = 'JetStreamUnsupportedError';
}

/** The server tried and failed; `data` holds the structure when a waiter raised this. */
export class JetStreamOperationError extends JetStreamError {
  override readonly name = 'JetStreamOperationError';
}

/** There is no connection, or it ended before the answer came; `cause` says why. */
export class JetStreamConnectionError extends JetStreamError {
  override readonly name = 'JetStreamConnectionError';

  constructor(message: string, options?: JetStreamErrorOptions) {
    super(message, 0, options);
  }
}

/** The error for the error object of an answer (spec section 8). */
export function errorOf(code: number, message: string, data?: unknown): JetStreamError {
  return new (classOf(code))(message, code, { data });
}

function classOf(code: number): typeof JetStreamError {
  if (code >= -32768 && code <= -32000) return JetStreamProtocolError;
  switch (code) {
    case ERROR_CODES.notAuthenticated:
    case ERROR_CODES.denied:
      return JetStreamAuthError;
    case ERROR_CODES.notFound:
    case ERROR_CODES.requestForgotten:
      return JetStreamNotFoundError;
    case ERROR_CODES.wrongState:
      return JetStreamStateError;
    case ERROR_CODES.unsupported:
      return JetStreamUnsupportedError;
    case ERROR_CODES.failed:
      return JetStreamOperationError;
    default:
      return JetStreamError;
  }
}
