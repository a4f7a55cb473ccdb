/** Bytes of a block, as every documented example has it. */
export const BLOCK = 256;

/** A file of a manifest, read from the sending server's disk when its transfer is made. */
interface SentFile {
  /** At the destination. */
  path: string;
  bytes: Buffer;
}

/**
 * The bytes of one transfer on their way from one server's disk to the other's, block by block.
 * Each is sent once: what has arrived stays, however often the transfer is suspended.
 */
export class Delivery {
  readonly totalBlocks: number;
  readonly totalBytes: number;
  blocksSent = 0;
  bytesSent = 0;
  readonly #disk: Map<string, Buffer>;
  readonly #blocks: Iterator<number, void>;

  /** @param disk of the destination; a file is on it when its last block has arrived */
  constructor(files: readonly SentFile[], disk: Map<string, Buffer>) {
    this.#disk = disk;
    this.totalBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.totalBlocks = files.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / BLOCK), 0);
    this.#blocks = this.#send(files);
  }

  get left(): number {
    return this.totalBlocks - this.blocksSent;
  }

  send(blocks: number): void {
    for (let count = 0; count < blocks; count += 1) {
      const { done, value } = this.#blocks.next();
      if (done) return;
      this.blocksSent += 1;
      this.bytesSent += value;
    }
  }

  /** Files without a byte take no block: they come when the one after them is asked for. */
  *#send(files: readonly SentFile[]): Generator<number, void> {
    for (const { path, bytes } of files) {
      const arrived: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += BLOCK) {
        const block = Buffer.from(bytes.subarray(at, at + BLOCK));
        arrived.push(block);
        if (at + BLOCK >= bytes.length) this.#disk.set(path, Buffer.concat(arrived));
        yield block.length;
      }
      if (bytes.length === 0) this.#disk.set(path, bytes);
    }
  }
}
