/** What only Node can do for JetStream: raw TCP, and WebSocket before Node 22. */
import { WebSocket } from 'ws';
import { WebSocketTransport, type WebSocketTransportOptions } from './transports/websocket.ts';

export { TcpTransport, type TcpTransportOptions } from './node/tcp.ts';

/** A `WebSocketTransport` over the package `ws`, for Node 20, which has no WebSocket of its own. */
export function webSocketTransport(
  options: Pick<WebSocketTransportOptions, 'url'> = {},
): WebSocketTransport {
  return new WebSocketTransport({ ...options, WebSocket });
}
