/** The part of a WebSocket that a data channel needs; the platform's own and `ws` have it. */
export interface ChannelSocket {
  binaryType: string;
  addEventListener(type: 'open' | 'close' | 'error', listener: (event: object) => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

/** The platform’s `WebSocket`, or one like it. */
export type ChannelSocketConstructor = new (url: string) => ChannelSocket;
