import { once } from 'node:events';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { GettFile } from '../../src/protocol/shapes.ts';
import { exchange, type NewFile, put, type Service } from './support.ts';

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
    await expect.poll(() => this.texts[index]).toBeDefined();
    return this.texts[index] ?? '';
  }

  /** The next message; pongs are passed over. */
  async message(): Promise<unknown> {
    for (;;) {
      const text = await this.next();
      if (text !== 'pong') return JSON.parse(text);
    }
  }

  /**
   * Resolves when everything that the server wanted to say before the call has come: texts keep
   * their order, and the answer to a ping is the last of them.
   */
  async settled(): Promise<string[]> {
    const pongs = () => this.texts.filter((text) => text === 'pong').length;
    const before = pongs();
    this.say('ping');
    await expect.poll(pongs).toBe(before + 1);
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
  await expect.poll(async () => (await service.file(file)).live).toBe(live);
}

/** Connects one more client with a session, and waits until it receives what the session does. */
export async function joinSession(
  service: Service,
  { session, file }: Announced,
): Promise<LiveClient> {
  const client = await LiveClient.open(service.server.origin);
  client.connect(service.ada.accesstoken, session);
  const probe = await announceFile(service, file.sharename, 'probe.txt', session);
  while ((await client.settled()).length === 0) await put(probe.upload.puturl, 'probe');
  return client;
}

/**
 * A visitor who asks for bytes that are not there yet, once the server holds the request: that is
 * what the session is told. Nothing else may be sent to it meanwhile.
 */
export async function hold<T>(
  service: Pick<Service, 'blobUrl'>,
  { client, file }: Pick<Announced, 'client' | 'file'>,
  ask: (url: string) => T,
): Promise<{ visitor: T }> {
  // Whoever was sent on by GET would be told of already.
  const { headers } = await exchange(service.blobUrl(file), { method: 'HEAD' });
  const visitor = ask(String(headers.location));
  expect(await client.message()).toEqual({ type: 'download', ...refOf(file), increment: false });
  return { visitor };
}

export const refOf = ({ sharename, filename, fileid }: GettFile) => ({
  sharename,
  filename,
  fileid,
});
