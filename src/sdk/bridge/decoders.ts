import {
  array,
  boolean,
  DecodeError,
  type Decoder,
  number,
  object,
  optional,
  string,
} from '../../protocol/decoder.ts';
import type { Bucket, FileEntry, Operation, Pointer, PublicKey, Token, User } from './shapes.ts';

const operation: Decoder<Operation> = (value, path) => {
  if (value === 'PUSH' || value === 'PULL') return value;
  throw new DecodeError(path, 'PUSH or PULL');
};

export const decodeUser: Decoder<User> = object({
  id: string,
  email: string,
  created: string,
  activated: boolean,
  pubkey: optional(string),
});

export const decodePublicKey: Decoder<PublicKey> = object({
  id: string,
  key: string,
  user: string,
});

export const decodeBucket: Decoder<Bucket> = object({
  id: string,
  name: string,
  user: string,
  created: string,
  storage: number,
  transfer: number,
  status: string,
  pubkeys: array(string),
});

export const decodeToken: Decoder<Token> = object({
  id: string,
  token: string,
  bucket: string,
  operation,
  expires: string,
});

export const decodeFileEntry: Decoder<FileEntry> = object({
  bucket: string,
  hash: string,
  filename: string,
  mimetype: string,
  size: number,
});

export const decodePointer: Decoder<Pointer> = object({
  hash: string,
  token: string,
  operation,
  channel: string,
});

export const decodeInfo: Decoder<{ info: { version: string } }> = object({
  info: object({ version: string }),
});

/** Status frame of a data channel (spec section 7). */
export const decodeStatus: Decoder<{ code: number; message: string }> = object({
  code: number,
  message: string,
});

export const decodeFailure: Decoder<{ error: string }> = object({ error: string });

/** For answers without content; some come with an empty body and status 200, some with 204. */
export const decodeNothing: Decoder<void> = () => undefined;
