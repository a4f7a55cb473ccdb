import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { GettFile } from '../../src/protocol/shapes.ts';
import { eventually, type NewFile, type Service } from './support.ts';

/** A bare WebSocket client. It keeps what comes and answers nothing by itself. */
export class LiveClient {
  readonly texts: string[] = [];
  readonly closed: Promise<number>;
  #taken = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.texts.push(data.toString()));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
  }

  static async open(origin: string, path = '/', protocols: string[] = []): Promise<LiveClient> {
    const client = new LiveClient(new WebSocket(origin.replace(/^http/, 'ws') + path, protocols));
    await once(client.socket, 'open');
    return client;
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  connect(accesstoken: string, session: string): void {
    this.say({ type: 'connect', accesstoken, session });
  }

  /** The next text that has not been taken yet. */
  async next(): Promise<string> {
    const index = this.#taken++;
    await eventually(() => this.texts[index]).toBeDefined();
    return this.texts[index] ?? '';
  }

  /** The next message; texts are not JSON. */
  async message(): Promise<unknown> {
    return JSON.parse(await this.next());
  }

  /**
   * Resolves when everything that the server wanted to say before the call has come: texts keep
   * their order, and the answer to a ping is the last of them.
   */
  async settled(): Promise<string[]> {
    const pongs = () => this.texts.filter((text) => text === 'pong').length;
    const before = pongs();
    this.say('ping');
    await eventually(pongs).toBe(before + 1);
    return this.texts.filter((text) => text !== 'pong');
  }

  close(): Promise<number> {
    this.socket.close();
    return this.closed;
  }
}

let sessions = 0;
export const newSession = () => `session-${process.pid}-${++sessions}`;

export interface Announced {
  client: LiveClient;
  session: string;
  file: NewFile;
}

/** Ada's client, and a file that it has announced and not sent. */
export async function announce(
  service: Service,
  { filename = 'film.mkv', session = newSession(), sharename = '' } = {},
): Promise<Announced> {
  const share = sharename || (await service.newShare()).sharename;
  const client = await LiveClient.open(service.server.origin);
  client.connect(service.ada.accesstoken, session);
  const file = await announceFile(service, share, filename, session);
  await untilLive(service, file, true);
  return { client, session, file };
}

export async function announceFile(
  service: Service,
  sharename: string,
  filename: string,
  session: string,
): Promise<NewFile> {
  return (await service.post(`/files/${sharename}/create`, { filename, session })).json;
}

/** There is no acknowledgement of `connect`, so listings tell. */
export async function untilLive(service: Service, file: GettFile, live: boolean): Promise<void> {
  await eventually(async () => (await service.file(file)).live).toBe(live);
}
