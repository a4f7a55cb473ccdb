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
  more: optional(string),
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

const decodeUploadFields = object({
  puturl: string,
  posturl: string,
  resumable: optional(string),
});

/** Other ways to resume than tus 1.0 are as good as none. */
export const decodeUpload: Decoder<GettUpload> = (value, path) => {
  const { resumable, ...urls } = decodeUploadFields(value, path);
  return resumable === 'tus-1.0' ? { ...urls, resumable } : urls;
};

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

/** Answer of `files/create` to an array. */
export const decodeFiles: Decoder<GettFile[]> = array(decodeFile);

export const decodeShare: Decoder<GettShare> = object({
  sharename: string,
  title: optional(string),
  created: number,
  expires: optional(number),
  getturl: string,
  readystate: withDefault(string, 'ready'),
  userid: withDefault(id, ''),
  fullname: optional(string),
  live: withDefault(boolean, false),
  downloads: optional(number),
  batch: optional(number),
  files: withDefault(decodeFiles, []),
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
