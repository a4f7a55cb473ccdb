import {
  array,
  boolean,
  DecodeError,
  type Decoder,
  id,
  number,
  object,
  optional,
  string,
  withDefault,
} from './decoder.ts';
import type {
  GettDone,
  GettErrorBody,
  GettFile,
  GettLogin,
  GettShare,
  GettStorage,
  GettUpload,
  GettUser,
} from './shapes.ts';

export const decodeStorage: Decoder<GettStorage> = object({
  used: number,
  limit: number,
  extra: withDefault(number, 0),
  free: optional(number),
});

export const decodeUser: Decoder<GettUser> = object({
  userid: id,
  fullname: withDefault(string, ''),
  email: withDefault(string, ''),
  files: withDefault(number, 0),
  downloads: withDefault(number, 0),
  storage: decodeStorage,
  type: optional(string),
});

export const decodeLogin: Decoder<GettLogin> = object({
  accesstoken: string,
  refreshtoken: string,
  expires: number,
  user: decodeUser,
});

export const decodeUpload: Decoder<GettUpload> = object({ puturl: string, posturl: string });

/** `ready` was seen for `uploaded` in 2016 and means the same. */
const fileState: Decoder<string> = (value, path) => {
  const state = string(value, path);
  return state === 'ready' ? 'uploaded' : state;
};

export const decodeFile: Decoder<GettFile> = object({
  fileid: id,
  filename: string,
  sharename: string,
  readystate: fileState,
  getturl: string,
  created: number,
  downloads: withDefault(number, 0),
  size: optional(number),
  live: optional(boolean),
  type: optional(string),
  upload: optional(decodeUpload),
});

export const decodeShare: Decoder<GettShare> = object({
  sharename: string,
  title: optional(string),
  created: number,
  getturl: string,
  readystate: withDefault(string, 'ready'),
  userid: withDefault(id, ''),
  fullname: optional(string),
  live: withDefault(boolean, false),
  downloads: optional(number),
  files: withDefault(array(decodeFile), []),
});

export const decodeShares: Decoder<GettShare[]> = array(decodeShare);

/** Any object with a value `true` will do: the key was never written down. */
export const decodeDone: Decoder<GettDone> = (value, path) => {
  if (typeof value === 'object' && value !== null && Object.values(value).includes(true)) {
    return { success: true };
  }
  throw new DecodeError(path, 'an object that contains true');
};

export const decodeErrorBody: Decoder<GettErrorBody> = object({ error: string });
