import type { Server } from 'node:http';
import { LiveConnection, type LiveDeps, SERVICE_RESTART } from './connection.ts';
import { serveJsonSockets } from './jsonsocket.ts';
import { LIVE_LIMITS, type LiveLimits, TRY_AGAIN_LATER } from './limits.ts';
import { CLOSE_WAIT, type Transport, type TransportEvents } from './transport.ts';
import { serveWebSockets } from './websocket.ts';

/** All clients of the Live API in this process. */
export class LiveServer {
  readonly #connections = new Set<LiveConnection>();
  readonly #cutWebSockets: () => void;
  readonly #cutSilent: () => void;
  #stopping = false;

  constructor(
    server: Server,
    private readonly deps: LiveDeps,
    private readonly limits: Pick<LiveLimits, 'connections'> = LIVE_LIMITS,
  ) {
    const accept = (transport: Transport) => this.#accept(transport);
    this.#cutWebSockets = serveWebSockets(server, accept);
    this.#cutSilent = serveJsonSockets(server, accept);
  }

  /** Sends everybody away. Clients that know how connect again to whatever takes over. */
  stop(): void {
    this.#stopping = true;
    for (const connection of this.#connections) connection.end(SERVICE_RESTART);
    this.#cutSilent();
    setTimeout(this.#cutWebSockets, CLOSE_WAIT).unref();
  }

  #accept(transport: Transport): TransportEvents {
    const connection = new LiveConnection(this.deps, {
      send: (text) => transport.send(text),
      close: (code) => {
        this.#connections.delete(connection);
        transport.close(code);
      },
    });
    this.#connections.add(connection);
    if (this.#stopping) connection.end(SERVICE_RESTART);
    else if (this.#connections.size > this.limits.connections) connection.end(TRY_AGAIN_LATER);
    return connection;
  }
}
