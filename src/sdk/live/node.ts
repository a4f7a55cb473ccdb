/** What the Live API needs of Node; part of `gett-sdk/node`. */
import { WebSocket } from 'ws';
import type { LiveSocketConstructor } from './socket.ts';

/**
 * For the option `WebSocket` of `GettClient`: Node has none of its own before 22.
 *
 * @example
 * const gett = new GettClient({ baseUrl: 'https://files.example.org/1', WebSocket: LiveWebSocket });
 */
export const LiveWebSocket: LiveSocketConstructor = WebSocket;
