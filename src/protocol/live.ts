/** Messages of the Live API (spec section 6): WebSocket text frames, JSON but for the bare words. */
import {
  boolean,
  DecodeError,
  type Decoder,
  id,
  number,
  object,
  string,
  withDefault,
} from './decoder.ts';

/** The client's first message. It is not acknowledged. */
export interface LiveConnect {
  type: 'connect';
  accesstoken: string;
  /** Chosen by the client: random, unguessable, at least 8 characters. */
  session: string;
}

/** Both sides may say `ping`, bare; the other answers `pong` at once. */
export const LIVE_PING = 'ping';
export const LIVE_PONG = 'pong';

/** The file that a message is about. */
export interface LiveFileRef {
  sharename: string;
  filename: string;
  fileid: string;
}

/** Somebody asks for the bytes of the file, whether they are stored or not. */
export interface LiveDownload extends LiveFileRef {
  type: 'download';
  /** Whether the count of downloads grew. */
  increment: boolean;
}

/** An upload of the file ran into the owner's limit. */
export interface LiveStorageLimit extends LiveFileRef {
  type: 'storagelimit';
}

/** An upload has begun, or ended, and its size in bytes is known. */
export interface LiveFileStat extends LiveFileRef {
  type: 'filestat';
  size: number;
}

/** The file was removed for abuse. */
export interface LiveViolatedTerms extends LiveFileRef {
  type: 'violatedterms';
  /** Prose. */
  reason: string;
}

/** What the service tells. */
export type LiveMessage = LiveDownload | LiveStorageLimit | LiveFileStat | LiveViolatedTerms;

const file = { sharename: string, filename: string, fileid: id };

/** A shorter session could be guessed; characters. */
const MIN_SESSION = 8;

const session: Decoder<string> = (value, path) => {
  const text = string(value, path);
  if (text.length >= MIN_SESSION) return text;
  throw new DecodeError(path, `at least ${MIN_SESSION} characters long`);
};

const decodeConnect = object({ type: string, accesstoken: string, session });
const decodeType = object({ type: string });
type ByType = {
  [T in LiveMessage['type']]: Decoder<Omit<Extract<LiveMessage, { type: T }>, 'type'>>;
};

const decodeByType: ByType = {
  download: object({ ...file, increment: withDefault(boolean, true) }),
  storagelimit: object(file),
  filestat: object({ ...file, size: number }),
  violatedterms: object({ ...file, reason: withDefault(string, '') }),
};

const isKnown = (type: string): type is LiveMessage['type'] => Object.hasOwn(decodeByType, type);

/** A message of the server; for an unknown type it throws, and clients pass over it. */
export const decodeLiveMessage: Decoder<LiveMessage> = (value, path) => {
  const { type } = decodeType(value, path);
  if (!isKnown(type)) throw new DecodeError(`${path}.type`, 'a type of Live message');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table says which goes with which
  return { ...decodeByType[type](value, path), type } as LiveMessage;
};

/** The first message of a client. */
export const decodeLiveConnect: Decoder<LiveConnect> = (value, path) => {
  const { type, ...rest } = decodeConnect(value, path);
  if (type !== 'connect') throw new DecodeError(`${path}.type`, '"connect"');
  return { type, ...rest };
};
