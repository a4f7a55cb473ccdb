import { createStore, del, get, set } from 'idb-keyval';
import { SourceChangedError, type UploadOptions } from '../../sdk/index.ts';
import type { Expected } from './host.ts';
import type { JobId } from './job.ts';

/** Bytes that are read into memory at a time. */
const BLOCK = 8 * 1024 * 1024;
/** Bytes of one request: what may be sent before it is known what it was. */
const PART = 4 * BLOCK;

/**
 * What is known of the beginning of a file: for each block in turn, the SHA-256 of the digest so far
 * followed by the block's own SHA-256.
 */
export interface Fingerprint {
  /** Bytes that it covers. */
  upTo: number;
  digest: Uint8Array<ArrayBuffer>;
}

export interface ProofStore {
  get: (id: JobId) => Promise<Fingerprint | undefined>;
  set: (id: JobId, fingerprint: Fingerprint) => Promise<void>;
  remove: (id: JobId) => Promise<void>;
}

export function createProofStore(): ProofStore {
  const store = createStore('gett-proofs', 'proofs');
  return {
    get: (id) => get<Fingerprint>(id, store),
    set: (id, fingerprint) => set(id, fingerprint, store),
    remove: (id) => del(id, store),
  };
}

export interface Proof {
  /** It was chosen again, and has not been proved to be the same file. */
  readonly doubtful: boolean;
  /** By its name and size, which prove nothing. */
  readonly looksRight: boolean;
  /** Options that let an upload send only what is known, and go on only with what was begun. */
  guard: (
    checking: (checked: number, total: number) => void,
  ) => Pick<UploadOptions, 'chunkSize' | 'beforePart'>;
}

/**
 * A file that is only held by reference is gone when the browser ends. Its name and size do not
 * prove that one which is chosen again is the same, so its contents are remembered before they are
 * sent, and compared before an upload goes on.
 */
export function createProof(options: {
  id: JobId;
  bytes: Blob;
  store: ProofStore;
  again?: Expected | undefined;
}): Proof {
  const { id, bytes, store, again } = options;
  let known: Fingerprint = { upTo: 0, digest: new Uint8Array(32) };
  let doubtful = again !== undefined;
  const looksRight =
    !again || (bytes instanceof File && bytes.name === again.name && bytes.size === again.size);
  /** Reads of one file never overlap. */
  let reading: Promise<void> = Promise.resolve();

  function read(upTo: number, each?: (done: number) => void): Promise<void> {
    reading = reading
      .catch(() => undefined)
      .then(async () => {
        while (known.upTo < upTo) {
          known = await extended(known, bytes);
          each?.(known.upTo);
        }
      });
    return reading;
  }

  async function verify(start: number, checking: (checked: number, total: number) => void) {
    const before = await store.get(id);
    if (start === 0) {
      // Nothing is there of the first one, so any bytes will do; but it should be what was meant.
      if (!looksRight) throw another();
    } else {
      if (!before || before.upTo < start || before.upTo > bytes.size) throw another();
      await read(before.upTo, (done) => checking(done, before.upTo));
      if (known.upTo !== before.upTo || !isSame(known.digest, before.digest)) throw another();
    }
    doubtful = false;
  }

  return {
    looksRight,
    get doubtful() {
      return doubtful;
    },
    guard: (checking) => ({
      chunkSize: PART,
      async beforePart({ start, end }) {
        if (doubtful) await verify(start, checking);
        await read(end);
        await store.set(id, known);
        // The next part is read while this one is sent.
        read(Math.min(bytes.size, end + PART)).catch(() => undefined);
      },
    }),
  };
}

async function extended({ upTo, digest }: Fingerprint, bytes: Blob): Promise<Fingerprint> {
  const block = bytes.slice(upTo, upTo + BLOCK);
  const own = await crypto.subtle.digest('SHA-256', await block.arrayBuffer());
  const both = new Uint8Array(64);
  both.set(digest);
  both.set(new Uint8Array(own), 32);
  return {
    upTo: upTo + block.size,
    digest: new Uint8Array(await crypto.subtle.digest('SHA-256', both)),
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function another() {
  return new SourceChangedError('This is not the file whose upload began.');
}
