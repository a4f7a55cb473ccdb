import {
  array,
  boolean,
  type Decoded,
  DecodeError,
  type Decoder,
  id,
  number,
  object,
  optional,
  string,
  withDefault,
} from '../../protocol/decoder.ts';
import { baseName, joinPath } from './address.ts';
import type { Exchange, Link, PathInfo, Task, WhoAmI } from './shapes.ts';

type Members = Record<string, unknown>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const anything: Decoder<unknown> = (value) => value;

/** Checks the members it knows and keeps the others as they came. */
function open<S extends Parameters<typeof object>[0]>(fields: S): Decoder<Decoded<S> & Members> {
  const known = object(fields);
  return (value, path) => {
    const checked = known(value, path);
    const others = isObject(value) ? { ...value } : {};
    for (const name in fields) delete others[name];
    return { ...others, ...checked };
  };
}

/** Leaves out what is not an object: older answers put other things in the same place. */
const ifObject =
  <T>(inner: Decoder<T>): Decoder<T | undefined> =>
  (value, path) =>
    isObject(value) ? inner(value, path) : undefined;

const pathMembers = open({
  path: optional(string),
  name: optional(string),
  id: optional(number),
  isdir: optional(boolean),
  isfile: optional(boolean),
  size: optional(number),
  items: withDefault(number, null),
  mime: optional(string),
  extension: optional(string),
  time: optional(string),
  url: optional(string),
  tags: optional(array(string)),
  acl: optional(
    open({
      list: optional(boolean),
      read: optional(boolean),
      remove: optional(boolean),
      write: optional(boolean),
    }),
  ),
  children: optional(array(anything)),
  page: optional(number),
  pages: optional(number),
});

/**
 * Shortened answers leave out the path or the name.
 *
 * @param locate the path as far as the caller knows it
 */
function completeInfo(
  value: unknown,
  at: string,
  locate: (name: string | undefined) => string | undefined,
): PathInfo {
  const { children, ...info } = pathMembers(value, at);
  const path = info.path ?? locate(info.name);
  if (path === undefined) throw new DecodeError(`${at}.path`, 'a string');
  return {
    ...info,
    path,
    name: info.name ?? baseName(path),
    ...(children && {
      children: children.map((child, index) =>
        completeInfo(child, `${at}.children[${index}]`, (name) => name && joinPath(path, name)),
      ),
    }),
  };
}

/** @param path what the call was about, for answers that do not repeat it */
export const pathInfo =
  (path: string): Decoder<PathInfo> =>
  (value, at) =>
    completeInfo(value, at, () => path);

/**
 * An answer about something that was just made has to name it: one that does not may be anything.
 *
 * @param path of what was asked for, for answers that give its name only
 */
export const madeInfo =
  (path: string): Decoder<PathInfo> =>
  (value, at) =>
    completeInfo(value, at, (name) => (name ? path : undefined));

/** An upload answers with one entry per file; the first is the file of a single upload. */
export const uploadedInfo =
  (path: string): Decoder<PathInfo> =>
  (value, at) =>
    madeInfo(path)(array(anything)(value, at)[0], `${at}[0]`);

const messages: Decoder<Record<string, string>> = (value, path) => {
  if (typeof value !== 'object' || value === null) throw new DecodeError(path, 'an object');
  return Object.fromEntries(
    Object.entries(value).map(([name, message]: [string, unknown]) => [
      name,
      typeof message === 'string' ? message : JSON.stringify(message),
    ]),
  );
};

export const task: Decoder<Task> = open({
  uuid: string,
  status: optional(string),
  result: optional(
    ifObject(
      open({
        status: optional(string),
        result: optional(ifObject(open({ errors: optional(messages) }))),
      }),
    ),
  ),
});

export const whoAmI: Decoder<WhoAmI> = open({ user: open({ username: string }) });

export const pong: Decoder<{ ping: string }> = object({ ping: string });

/** A public address is handed to people, so nothing but http and https passes. */
const webAddress: Decoder<string> = (value, path) => {
  const text = string(value, path);
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new DecodeError(path, 'an http or https address');
};

const linkObject: Decoder<Link> = open({
  href: webAddress,
  uid: optional(id),
  name: optional(string),
  path: optional((value, path) =>
    Array.isArray(value) ? array(string)(value, path) : string(value, path),
  ),
});

/** One link, by itself or as the first of `results` (spec section 8). */
export const link: Decoder<Link> = (value, path) =>
  isObject(value) && Array.isArray(value['results'])
    ? linkObject(value['results'][0], `${path}.results[0]`)
    : linkObject(value, path);

/** Links as an array, by itself or under `results`. */
export const links: Decoder<Link[]> = (value, path) =>
  isObject(value)
    ? array(linkObject)(value['results'], `${path}.results`)
    : array(linkObject)(value, path);

export const exchange: Decoder<Exchange> = open({ url: webAddress });
