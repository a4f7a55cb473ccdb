/**
 * - `refused`: the storage node answered with a status other than 200
 * - `hash-mismatch`: the bytes are not those that were asked for, or came to an early end
 * - `unreachable`: no connection to the storage node
 * - `insecure`: a page served over HTTPS may not open the node's plain `ws:` channel
 * - `stalled`: the node sent nothing for too long
 * - `too-large`: more bytes than a shard may have
 * - `unsupported`: the node does not speak the channel of servers 0.3 to 0.6
 */
export type BridgeChannelErrorCode =
  | 'refused'
  | 'hash-mismatch'
  | 'unreachable'
  | 'insecure'
  | 'stalled'
  | 'too-large'
  | 'unsupported';

/** A storage node did not give a shard, or gave wrong bytes. Nothing wrong is handed out. */
export class BridgeChannelError extends Error {
  override readonly name = 'BridgeChannelError';
  /** The node's own number, of a status frame with which it refused, for example 400. */
  readonly status: number | undefined;

  constructor(
    message: string,
    /** What went wrong, in one word that programs can compare. */
    readonly code: BridgeChannelErrorCode,
    /** Position of the shard in the file, from 0. */
    readonly shard: number,
    { status, ...options }: ErrorOptions & { status?: number } = {},
  ) {
    super(message, options);
    this.status = status;
  }
}
