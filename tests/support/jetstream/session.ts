import type { Gateway, Wire } from './gateway.ts';
import type { Context, GatewayMethod } from './methods.ts';
import { checkParams, type Params } from './params.ts';
import { CODES, Refusal } from './refusal.ts';
import { Requests } from './requests.ts';
import type { Identity } from './world.ts';

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const NOBODY: Identity = { owner: '', superuser: false };

/** One connection: checks every message against the rules of the transport and answers it. */
export class Session implements Context {
  identity = NOBODY;
  readonly #gateway: Gateway;
  readonly #wire: Wire;
  readonly #requests: Requests;
  #lastId = 0;

  constructor(gateway: Gateway, wire: Wire) {
    this.#gateway = gateway;
    this.#wire = wire;
    this.#requests = new Requests(gateway.world);
    wire.onMessage((text) => this.#receive(text));
  }

  get world() {
    return this.#gateway.world;
  }

  become = (identity: Identity): void => {
    this.identity = identity;
  };

  stopped = (structure: { processing: boolean }): Promise<void> => this.#gateway.stopped(structure);

  say(text: string): void {
    this.#wire.send(text).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #receive(text: string): void {
    const request = this.#read(text);
    if (!request) return;
    this.#lastId = request.id;
    this.#gateway.received.push({ method: request.method, params: request.params });
    this.#answer(request.method, request.params).then(
      (result) => this.#reply({ id: request.id, result: result ?? null }),
      (error: unknown) => this.#reply({ id: request.id, error: errorObject(error) }),
    );
  }

  /** Gives nothing, and ends the connection, when the client breaks a rule. */
  #read(text: string): { id: number; method: string; params: Params } | undefined {
    if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return this.#throwOut('message too long');
    let message: Record<string, unknown>;
    try {
      message = JSON.parse(text);
    } catch {
      return this.#throwOut('not JSON');
    }
    const { jsonrpc, id, method, params, ...rest } = message;
    if (jsonrpc !== '2.0') return this.#throwOut('not JSON-RPC 2.0');
    if (id !== this.#lastId + 1) return this.#throwOut(`id ${String(id)} after ${this.#lastId}`);
    if (typeof method !== 'string') return this.#throwOut('no method');
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      return this.#throwOut('params must be an object');
    }
    if (Object.values(params).includes(null)) return this.#throwOut('null in params');
    if (Object.keys(rest).length > 0) return this.#throwOut('unknown members');
    return { id, method, params: params as Params };
  }

  async #answer(name: string, params: Params): Promise<unknown> {
    if (name === 'server.getRequestStatus') {
      checkParams(params, { requestId: 'number' });
      return this.#requests.status(params.requestId);
    }
    if (name === 'server.getRequestResult') {
      checkParams(params, { requestId: 'number' });
      return this.#requests.result(params.requestId);
    }
    const queued = name.endsWith('Async');
    const plainName = queued ? name.slice(0, -'Async'.length) : name;
    const method = this.#gateway.method(plainName);
    if (!method || (method.asyncOnly && !queued)) {
      throw new Refusal(CODES.noSuchMethod, `no such method ${name}`);
    }
    const work = this.#run(plainName, method, params);
    return queued ? this.#requests.add(work) : work;
  }

  async #run(name: string, method: GatewayMethod, params: Params): Promise<unknown> {
    await this.#gateway.released(name);
    if (!method.open && this.identity === NOBODY) {
      throw new Refusal(CODES.notAuthenticated, 'authentication required');
    }
    checkParams(params, method.params);
    return method.run(this, params);
  }

  #reply(answer: object): void {
    this.say(JSON.stringify({ jsonrpc: '2.0', ...answer }));
  }

  #throwOut(violation: string): undefined {
    this.#gateway.violations.push(violation);
    void this.close();
  }
}

function errorObject(error: unknown) {
  if (!(error instanceof Refusal)) return { code: -32603, message: String(error) };
  const { code, message, data } = error;
  return { code, message, data };
}
