/** A frame or a line of a client; bytes. */
export const MAX_MESSAGE = 64 * 1024;
/** A client that leaves so many bytes untaken is cut off. */
export const MAX_UNSENT = 1024 * 1024;
/** Clients get this long to answer the end of their connection; milliseconds. */
export const CLOSE_WAIT = 2_000;

/** What carries texts to a client. */
export interface Transport {
  send(text: string): void;
  close(code: number): void;
}

/** What a transport tells about its client. */
export interface TransportEvents {
  receive(text: string): void;
  /** @param code a WebSocket close code, for transports that have them. */
  end(code: number): void;
}

export type Accept = (transport: Transport) => TransportEvents;
