import { DecodeError, type Decoder } from '../../../protocol/decoder.ts';
import * as decode from '../decode.ts';
import { ERROR_CODES, JetStreamProtocolError } from '../errors.ts';
import type { Params } from './message.ts';

/** Passed to every call that can be given up. */
export interface CallOptions {
  /** Ends the waiting for an answer, not the work at the server. */
  signal?: AbortSignal | undefined;
}

const RESULT: unique symbol = Symbol('result');

/** Work that the server has queued. It need not be followed up; the server forgets it in time. */
export interface RequestHandle<T = unknown> {
  requestId: number;
  /** Reads the result. Not enumerable: a handle prints and travels as its `requestId`. */
  readonly [RESULT]: Decoder<T>;
}

/** Sends one call over the connection of the moment. */
export type Call = (method: string, params: Params, signal?: AbortSignal) => Promise<unknown>;

type Method = (...args: never[]) => Promise<unknown>;

/** The methods of an interface in both forms: the plain one waits, the other queues the work. */
export type WithAsync<Methods extends Record<keyof Methods, Method>> = Methods & {
  [Name in keyof Methods & string as `${Name}Async`]: (
    ...args: Parameters<Methods[Name]>
  ) => Promise<RequestHandle<Awaited<ReturnType<Methods[Name]>>>>;
};

/** What goes into the message, and what concerns only this side. */
export type Sent = [params: Params, options?: CallOptions | undefined];

/** How one method is sent and its result is read. */
interface Definition<M extends Method> {
  send: (...args: Parameters<M>) => Sent;
  result: Decoder<Awaited<ReturnType<M>>>;
  /** The vendor documents the `…Async` form only, so the plain one queues too, and waits. */
  asyncOnly?: true;
}

export type Definitions<Methods extends Record<keyof Methods, Method>> = {
  [Name in keyof Methods]: Definition<Methods[Name]>;
};

/** Makes both forms of every method of one interface: `server`, `send` or `recv`. */
export function bindMethods<Methods extends Record<keyof Methods, Method>>(
  call: Call,
  interfaceName: string,
  definitions: Definitions<Methods>,
): WithAsync<Methods>;
export function bindMethods(
  call: Call,
  interfaceName: string,
  definitions: Record<string, Definition<(...args: unknown[]) => Promise<unknown>>>,
): object {
  const methods: Record<string, (...args: unknown[]) => Promise<unknown>> = {};
  for (const [name, { send, result, asyncOnly }] of Object.entries(definitions)) {
    const method = `${interfaceName}.${name}`;
    const queue = async (...args: unknown[]) => {
      const [params, { signal } = {}] = send(...args);
      const answer = await call(`${method}Async`, params, signal);
      return handle(readResult(`${method}Async`, decode.requestHandle, answer), result);
    };
    methods[`${name}Async`] = queue;
    methods[name] = async (...args) => {
      const [params, { signal } = {}] = send(...args);
      if (asyncOnly) return requestResult(call, await queue(...args), signal);
      return readResult(method, result, await call(method, params, signal));
    };
  }
  return methods;
}

/** Waits for queued work; the result of a request that is known by its number only is not read. */
export async function requestResult(
  call: Call,
  request: { requestId: number; [RESULT]?: Decoder<unknown> },
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { requestId, [RESULT]: result = decode.anything } = request;
  const method = 'server.getRequestResult';
  return readResult(method, result, await call(method, { requestId }, signal));
}

function handle<T>({ requestId }: { requestId: number }, result: Decoder<T>): RequestHandle<T> {
  const request = { requestId, [RESULT]: result };
  return Object.defineProperty(request, RESULT, { enumerable: false });
}

export function readResult<T>(method: string, result: Decoder<T>, value: unknown): T {
  try {
    return result(value, 'result');
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    const message = `The answer to ${method} cannot be understood: ${cause.message}.`;
    throw new JetStreamProtocolError(message, ERROR_CODES.internal, { cause });
  }
}
