import { parseArgs } from 'node:util';
import type { AnonymousLimits } from '../accounts/anonymous.ts';
import { LIVE_LIMITS, type LiveLimits } from '../live/limits.ts';
import { anonymousLimits } from './anonymous.ts';
import { countOf } from './count.ts';
import { UsageError } from './usage-error.ts';

export { UsageError } from './usage-error.ts';

export interface ServeCommand {
  command: 'serve';
  data: string;
  host: string;
  port: number;
  publicUrl?: string;
  blobUrl?: string;
  storageLimit: number;
  moreStorage?: string;
  accountsPage?: string;
  logLevel: string;
  behindProxy?: true;
  anonymous?: AnonymousLimits;
  liveLimits: LiveLimits;
}

export type Command =
  | { command: 'help' }
  | { command: 'version' }
  | ServeCommand
  | { command: 'user add'; data: string; email: string; name: string; storageLimit?: number }
  | { command: 'user passwd'; data: string; email: string }
  | { command: 'app add'; data: string; name: string }
  | { command: 'app list'; data: string }
  | { command: 'app revoke'; data: string; id: number }
  | { command: 'file remove'; data: string; sharename: string; fileid: number; reason: string };

const DEFAULT_DATA = './gett-data';
const DEFAULT_PORT = 4380;
/** The storage that came free of charge (spec section 5.5). */
const DEFAULT_STORAGE = 2_000_000_000;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const COMMANDS = 'serve, user add, user passwd, app add, app list, app revoke, file remove';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  data: text,
  host: text,
  port: text,
  'public-url': text,
  'blob-url': text,
  'storage-limit': text,
  'more-storage': text,
  accounts: text,
  'log-level': text,
  name: text,
  reason: text,
  'password-stdin': flag,
  'behind-proxy': flag,
  anonymous: flag,
  'anonymous-size': text,
  'anonymous-files': text,
  'anonymous-days': text,
  'live-connections': text,
  'live-per-user': text,
} as const;

type Flag = keyof typeof options;

const SERVE_FLAGS: readonly Flag[] = [
  'host',
  'port',
  'public-url',
  'blob-url',
  'storage-limit',
  'more-storage',
  'accounts',
  'log-level',
  'behind-proxy',
  'anonymous',
  'anonymous-size',
  'anonymous-files',
  'anonymous-days',
  'live-connections',
  'live-per-user',
];

/** Reads a command line; the first word or two name the command. Throws {@link UsageError}. */
export function parseCommandLine(args: readonly string[]): Command {
  if (args.length === 0 || args.includes('--help')) return { command: 'help' };
  if (args.includes('--version')) return { command: 'version' };
  const [first = '', second = ''] = args;
  if (first === 'serve') return serve(args.slice(1));
  const rest = args.slice(2);
  switch (`${first} ${second}`) {
    case 'user add': {
      const { values, word } = parse(rest, {
        words: ['an EMAIL'],
        flags: ['name', 'password-stdin', 'storage-limit'],
      });
      requirePasswordStdin(values['password-stdin']);
      const email = emailOf(word);
      const name = values.name?.trim();
      if (!name) throw new UsageError('Give the name of the user with --name NAME.');
      const limit = values['storage-limit'];
      return {
        command: 'user add',
        data: dataOf(values),
        email,
        name,
        ...(limit !== undefined && { storageLimit: bytes(limit) }),
      };
    }
    case 'user passwd': {
      const { values, word } = parse(rest, { words: ['an EMAIL'], flags: ['password-stdin'] });
      requirePasswordStdin(values['password-stdin']);
      return { command: 'user passwd', data: dataOf(values), email: emailOf(word) };
    }
    case 'app add': {
      const { values, word } = parse(rest, { words: ['a NAME'] });
      const name = word.trim();
      if (name === '') throw new UsageError('Give the application a NAME that is not empty.');
      return { command: 'app add', data: dataOf(values), name };
    }
    case 'app list':
      return { command: 'app list', data: dataOf(parse(rest).values) };
    case 'app revoke': {
      const { values, word } = parse(rest, { words: ['an ID'] });
      return { command: 'app revoke', data: dataOf(values), id: appId(word) };
    }
    case 'file remove': {
      const words = ['a SHARENAME', 'a FILEID'];
      const { values, word: sharename, second } = parse(rest, { words, flags: ['reason'] });
      const reason = values.reason?.trim();
      if (!reason) throw new UsageError('Say why with --reason TEXT; the owner is shown it.');
      const fileid = fileidOf(second);
      return { command: 'file remove', data: dataOf(values), sharename, fileid, reason };
    }
    default:
      throw new UsageError(
        `Unknown command "${unknownCommand(first, second)}"; use one of: ${COMMANDS}.`,
      );
  }
}

function serve(args: readonly string[]): ServeCommand {
  const { values } = parse(args, {
    flags: SERVE_FLAGS,
  });
  const limit = values['storage-limit'];
  const anonymous = anonymousLimits(values);
  const { 'public-url': publicUrl, 'blob-url': blobUrl, 'more-storage': more, accounts } = values;
  return {
    command: 'serve',
    data: dataOf(values),
    host: values.host ?? '127.0.0.1',
    port: values.port === undefined ? DEFAULT_PORT : portOf(values.port),
    ...(publicUrl !== undefined && { publicUrl: origin('--public-url', publicUrl) }),
    ...(blobUrl !== undefined && { blobUrl: origin('--blob-url', blobUrl) }),
    storageLimit: limit === undefined ? DEFAULT_STORAGE : bytes(limit),
    ...(more !== undefined && { moreStorage: page('--more-storage', more) }),
    ...(accounts !== undefined && { accountsPage: page('--accounts', accounts) }),
    logLevel: logLevelOf(values['log-level'] ?? 'info'),
    ...(values['behind-proxy'] && { behindProxy: true }),
    ...(anonymous && { anonymous }),
    liveLimits: {
      connections: countOf('live-connections', values['live-connections'], LIVE_LIMITS.connections),
      perUser: countOf('live-per-user', values['live-per-user'], LIVE_LIMITS.perUser),
    },
  };
}

/**
 * @param words what the words of the command are.
 * @param flags what the command understands besides `--data`.
 */
function parse(
  args: readonly string[],
  { words: wanted = [], flags = [] }: { words?: readonly string[]; flags?: readonly Flag[] } = {},
) {
  const { values, positionals } = parseFlags(args);
  const known: readonly string[] = ['data', ...flags];
  const foreign = Object.keys(values).find((name) => !known.includes(name));
  if (foreign) {
    throw new UsageError(`--${foreign} does not belong to this command; see gett-server --help.`);
  }
  const missing = wanted[positionals.length];
  if (missing !== undefined) {
    throw new UsageError(`This command needs ${missing}; see gett-server --help.`);
  }
  const unexpected = positionals[wanted.length];
  if (unexpected !== undefined) {
    throw new UsageError(`Unexpected "${unexpected}"; see gett-server --help.`);
  }
  return { values, word: positionals[0] ?? '', second: positionals[1] ?? '' };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's first sentence names the flag; what follows is advice for programmers.
    const [sentence = ''] = error instanceof Error ? error.message.split(/\.? (?=[A-Z])|\n/) : [];
    throw new UsageError(`${sentence.replace(/\.$/, '')}; see gett-server --help.`, {
      cause: error,
    });
  }
}

function dataOf({ data = DEFAULT_DATA }: { data?: string | undefined }): string {
  if (data === '') throw new UsageError('--data needs the path of a folder.');
  return data;
}

function portOf(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${value}".`);
  }
  return port;
}

function logLevelOf(value: string): string {
  if (LOG_LEVELS.includes(value)) return value;
  throw new UsageError(`--log-level must be one of ${LOG_LEVELS.join(', ')}, not "${value}".`);
}

/** At a terminal the password is asked for. */
function requirePasswordStdin(given: boolean | undefined): void {
  if (!given && !process.stdin.isTTY) {
    throw new UsageError('Add --password-stdin and write the password to standard input.');
  }
}

function emailOf(word: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(word)) {
    throw new UsageError(`"${word}" is not an email address; write one like ada@example.org.`);
  }
  return word;
}

function bytes(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) {
    throw new UsageError(`--storage-limit must be a whole number of bytes, not "${value}".`);
  }
  return number;
}

function appId(word: string): number {
  const id = Number(word);
  if (!/^\d+$/.test(word) || !Number.isSafeInteger(id)) {
    throw new UsageError(`"${word}" is not an id; take one from the first column of app list.`);
  }
  return id;
}

function fileidOf(word: string): number {
  const id = Number(word);
  if (!/^\d+$/.test(word) || !Number.isSafeInteger(id)) {
    throw new UsageError(
      `"${word}" is not a FILEID; it is the number at the end of the file's link.`,
    );
  }
  return id;
}

function webUrl(value: string): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function page(name: string, value: string): string {
  const url = webUrl(value);
  if (!url || url.username) {
    throw new UsageError(
      `${name} must be the address of a web page, such as https://example.org/storage, not "${value}".`,
    );
  }
  return url.href;
}

function origin(name: string, value: string): string {
  const url = webUrl(value);
  if (!url || url.username || url.pathname !== '/' || url.search || url.hash) {
    throw new UsageError(
      `${name} must be an origin such as https://share.example.org, without a path, not "${value}".`,
    );
  }
  return url.origin;
}

function unknownCommand(first: string, second: string): string {
  return ['user', 'app', 'file'].includes(first) ? `${first} ${second}`.trim() : first;
}
