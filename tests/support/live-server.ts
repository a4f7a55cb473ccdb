import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';

/** What the server does with a connection of its own; the last step is repeated. */
export type LiveStep = (socket: WebSocket) => void;

export interface LiveServer {
  url: string;
  /** What arrived, connection by connection. */
  readonly heard: string[][];
  /** The newest connection. */
  socket(): WebSocket;
  stop(): Promise<void>;
}

/** A Live server for faults that a sound one never makes: it follows a script. */
export async function liveServer(...script: LiveStep[]): Promise<LiveServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const heard: string[][] = [];
  let newest: WebSocket | undefined;
  server.on('connection', (socket) => {
    const messages: string[] = [];
    const step = script[Math.min(heard.length, script.length - 1)];
    heard.push(messages);
    newest = socket;
    socket.on('message', (data) => {
      messages.push(Buffer.isBuffer(data) ? data.toString() : '');
      if (messages.length === 1) step?.(socket);
    });
  });
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    heard,
    socket() {
      if (!newest) throw new Error('nobody has connected yet');
      return newest;
    },
    async stop() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Closes as a server does that does not accept the token or the session. */
export const refuseLive: LiveStep = (socket) => socket.close(1008);

/** Cuts the connection without a word. */
export const cutLive: LiveStep = (socket) => socket.terminate();
