import { abortable } from '../abortable.ts';
import {
  ERROR_CODES,
  errorOf,
  JetStreamConnectionError,
  type JetStreamError,
  JetStreamProtocolError,
} from '../errors.ts';
import {
  hostAndPort,
  type JetStreamAddress,
  type JetStreamTransport,
} from '../transports/transport.ts';
import {
  type AnswerError,
  type Incoming,
  type Params,
  readMessage,
  requestText,
} from './message.ts';
import { Secrets } from './secrets.ts';

/** Hears the notifications of a server. */
export type NotificationListener = (method: string, params: unknown) => void;

interface OpenCall {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: JetStreamError): void;
}

/** One connection: sends calls, matches answers to them and hands on notifications. */
export class RpcConnection {
  static readonly #transportsInUse = new WeakSet<JetStreamTransport>();
  readonly #transport: JetStreamTransport;
  readonly #address: JetStreamAddress;
  /** Calls whose caller has gone stay until they are answered. */
  readonly #calls = new Map<number, OpenCall>();
  readonly #listeners = new Set<NotificationListener>();
  readonly #secrets = new Secrets();
  #lastId = 0;
  #end: { readonly cause: unknown } | undefined;

  private constructor(transport: JetStreamTransport, address: JetStreamAddress) {
    this.#transport = transport;
    this.#address = address;
    RpcConnection.#transportsInUse.add(transport);
    transport.onMessage((text) => this.#receive(text));
    transport.onClose((reason) => this.#ended(reason));
  }

  static async open(
    transport: JetStreamTransport,
    address: JetStreamAddress,
    signal: AbortSignal,
  ): Promise<RpcConnection> {
    if (RpcConnection.#transportsInUse.has(transport)) {
      throw new JetStreamConnectionError('This transport is in use. Give each connection its own.');
    }
    const connection = new RpcConnection(transport, address);
    try {
      await transport.open({ ...address, signal });
    } catch (cause) {
      connection.#ended(cause);
      signal.throwIfAborted();
      const where = hostAndPort(address);
      throw new JetStreamConnectionError(`Could not connect to ${where}.`, { cause });
    }
    return connection;
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Resolves with the bare result. The signal ends the waiting, not the work at the server. */
  async call(method: string, params: Params, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#end) throw this.#closedError(this.#end.cause);
    const id = this.#lastId + 1;
    const text = requestText(id, method, params);
    this.#lastId = id;
    this.#secrets.addFrom(params);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#calls.set(id, { method, resolve, reject });
    });
    this.#transport.send(text).catch((error: unknown) => this.#fail(error));
    return abortable(answer, signal);
  }

  /** Gives the function that stops listening. */
  onNotification(listener: NotificationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#ended(undefined);
    await this.#transport.close();
  }

  #receive(text: string): void {
    try {
      this.#handle(readMessage(text));
    } catch (error) {
      this.#fail(error);
    }
  }

  #handle(message: Incoming): void {
    if (message.kind === 'notification') {
      for (const listener of this.#listeners) listener(message.method, message.params);
      return;
    }
    if (message.kind === 'complaint') throw this.#refusal('a message', message.error);
    const call = this.#calls.get(message.id);
    if (!call) {
      throw new JetStreamProtocolError(
        `The server answered call ${message.id}, which is not open.`,
        ERROR_CODES.invalidRequest,
      );
    }
    this.#calls.delete(message.id);
    if (message.kind === 'result') call.resolve(message.result);
    else call.reject(this.#refusal(call.method, message.error));
  }

  #refusal(method: string, { code, message, data }: AnswerError): JetStreamError {
    const text = message === '' ? `The server refused ${method}.` : this.#secrets.redact(message);
    return errorOf(code, text, this.#secrets.redactData(data));
  }

  #fail(cause: unknown): void {
    this.#ended(cause);
    void this.#transport.close();
  }

  #ended(cause: unknown): void {
    if (this.#end) return;
    this.#end = { cause };
    RpcConnection.#transportsInUse.delete(this.#transport);
    for (const call of this.#calls.values()) call.reject(this.#closedError(cause));
    this.#calls.clear();
  }

  #closedError(cause: unknown): JetStreamConnectionError {
    const message = `The connection to ${hostAndPort(this.#address)} is closed.`;
    return new JetStreamConnectionError(message, cause === undefined ? {} : { cause });
  }
}
