/**
 * Carries JSON texts to a server and back (spec section 7). One transport carries one connection
 * at a time; handlers are set before `open` and stay for later connections.
 */
export interface JetStreamTransport {
  /** Rejects when there is no connection; with the signal's reason when it was aborted. */
  open(address: JetStreamAddress & { signal?: AbortSignal }): Promise<void>;
  /** Sends one JSON text. */
  send(message: string): Promise<void>;
  /** Called with each JSON text that comes, in order and whole. */
  onMessage(handler: (message: string) => void): void;
  /**
   * Called once after each `open`: when the connection ended, whoever ended it, or could not be
   * made. The reason is missing when it ended in good order.
   */
  onClose(handler: (reason?: Error) => void): void;
  /** Ends the connection; does nothing when there is none. */
  close(): Promise<void>;
}

/** Where a server listens. */
export interface JetStreamAddress {
  /** Name or IP address; IPv6 without brackets. */
  readonly host: string;
  /** TCP; 8886 by default. */
  readonly port: number;
}

/** The longest message in either direction, in bytes of UTF-8: 16 MiB. */
export const MAX_MESSAGE_BYTES: number = 16 * 1024 * 1024;

/** `host:port`, with brackets around an IPv6 address. */
export function hostAndPort({ host, port }: JetStreamAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
