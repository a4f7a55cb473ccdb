import { ERROR_CODES, JetStreamProtocolError } from '../errors.ts';
import { MAX_MESSAGE_BYTES } from '../transports/transport.ts';

/** Named parameters; members that are null or undefined are left out of the message. */
export type Params = Readonly<Record<string, unknown>>;

/** What a server may send: JSON-RPC 2.0 without batches (spec section 7). */
export type Incoming =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: AnswerError }
  /** The server refuses a message of which it could not read the id. */
  | { kind: 'complaint'; error: AnswerError }
  | { kind: 'notification'; method: string; params: unknown };

export interface AnswerError {
  code: number;
  message: string;
  data?: unknown;
}

/** @throws JetStreamProtocolError when the server would refuse the message for its length. */
export function requestText(id: number, method: string, params: Params): string {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  const text = JSON.stringify({ jsonrpc: '2.0', id, method, params: Object.fromEntries(given) });
  if (isTooLong(text)) {
    throw new JetStreamProtocolError(
      `${method} would be longer than 16 MiB, the most that a server takes. Send less at once.`,
      ERROR_CODES.invalidRequest,
    );
  }
  return text;
}

/** @throws JetStreamProtocolError for anything that is neither an answer nor a notification. */
export function readMessage(text: string): Incoming {
  if (isTooLong(text)) throw invalid('a message longer than 16 MiB');
  const message = parse(text);
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw invalid('a message that is not an object');
  }
  if (!('id' in message)) {
    if (!('method' in message) || typeof message.method !== 'string') {
      throw invalid('a message without id and method');
    }
    const params = 'params' in message ? message.params : undefined;
    return { kind: 'notification', method: message.method, params };
  }
  const { id } = message;
  if ('error' in message && message.error !== null && message.error !== undefined) {
    const error = readError(message.error);
    return typeof id === 'number' ? { kind: 'error', id, error } : { kind: 'complaint', error };
  }
  if (typeof id !== 'number' || !('result' in message)) throw invalid('an answer without result');
  return { kind: 'result', id, result: message.result };
}

function readError(error: unknown): AnswerError {
  if (typeof error !== 'object' || error === null) throw invalid('an error that is not an object');
  if (!('code' in error) || typeof error.code !== 'number') throw invalid('an error without code');
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { code: error.code, message, data: 'data' in error ? error.data : undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own error quotes the text, which may hold a token.
    const message = 'The server sent a message that is not JSON.';
    throw new JetStreamProtocolError(message, ERROR_CODES.parse);
  }
}

function invalid(what: string): JetStreamProtocolError {
  return new JetStreamProtocolError(`The server sent ${what}.`, ERROR_CODES.invalidRequest);
}

function isTooLong(text: string): boolean {
  // A UTF-16 unit takes one to three bytes of UTF-8, so most texts need no counting.
  if (text.length > MAX_MESSAGE_BYTES) return true;
  return (
    text.length * 3 > MAX_MESSAGE_BYTES && new TextEncoder().encode(text).length > MAX_MESSAGE_BYTES
  );
}
