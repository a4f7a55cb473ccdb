/** The part of a WebSocket that a data channel needs; the platform's own and `ws` have it. */
export interface ChannelSocket {
  /** Set to `arraybuffer`: shards come as binary frames (spec section 7). */
  binaryType: string;
  /** After `close` or `error` nothing more is asked of the socket. */
  addEventListener(type: 'open' | 'close' | 'error', listener: (event: object) => void): void;
  /** `data` is text for a status of the node, an `ArrayBuffer` for bytes of the shard. */
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  /** Called once, with the request for a shard. */
  send(text: string): void;
  /** Also called while the node keeps the channel open, as it does after a refusal. */
  close(): void;
}

/** The platform’s `WebSocket`, or one like it. */
export type ChannelSocketConstructor = new (url: string) => ChannelSocket;
