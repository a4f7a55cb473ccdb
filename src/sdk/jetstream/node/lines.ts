import { MAX_MESSAGE_BYTES } from '../transports/transport.ts';

const LINE_FEED = 0x0a;

/** Cuts bytes into lines of UTF-8; drops a carriage return at the end and empty lines. */
export class LineDecoder {
  readonly #onLine: (line: string) => void;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** @throws Error when a line grows beyond 16 MiB or is not UTF-8. */
  push(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#keep(bytes.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > MAX_MESSAGE_BYTES)
      throw new Error('The server sent a line longer than 16 MiB.');
    this.#parts.push(part);
  }

  #finish(): void {
    const line = this.#utf8.decode(Buffer.concat(this.#parts)).replace(/\r$/, '');
    this.#parts = [];
    this.#length = 0;
    if (line !== '') this.#onLine(line);
  }
}
