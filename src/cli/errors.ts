import {
  AccessDeniedError,
  type GettError,
  InvalidAnswerError,
  isGettError,
  NetworkError,
  NotFoundError,
  NotSignedInError,
  StorageLimitError,
  TimeoutError,
  UnauthorizedError,
  WrongCredentialsError,
} from '../sdk/index.ts';

/** What programs that call the command can tell apart. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  signIn: 3,
  /** As shells say it of a program that Ctrl+C has ended. */
  interrupted: 130,
  /** As shells say it of a program whose reader has gone. */
  brokenPipe: 141,
} as const;

/** A failure whose message is all a person needs: it says what to do. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** A mistake in the command line. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
}

/** Ctrl+C, or SIGTERM. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A sentence for people, which says what to do. */
export function describe(error: unknown, server: string | undefined): string {
  if (error instanceof CommandError) return error.message;
  if (isGettError(error)) {
    const asked = error.url && URL.canParse(error.url) ? new URL(error.url).origin : undefined;
    return describeRefusal(error, asked ?? server ?? 'the server');
  }
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error && 'code' in error) return describeFileError(error, String(error.code));
  return error.message;
}

function describeRefusal(error: GettError, server: string): string {
  if (error instanceof WrongCredentialsError) {
    return `The e-mail or the password is not right at ${server}.`;
  }
  if (error instanceof NotSignedInError) {
    return `Nobody is signed in at ${server}. Sign in with: gett login --server ${server}`;
  }
  if (error instanceof UnauthorizedError) {
    return `The sign-in at ${server} has ended. Sign in again with: gett login --server ${server}`;
  }
  if (error instanceof StorageLimitError) {
    return 'The storage is full. Remove something with gett rm, then try again; gett whoami tells how much is free.';
  }
  if (error instanceof InvalidAnswerError) {
    return `${server} does not answer as a Ge.tt service does: is the address right? (${error.message})`;
  }
  if (error instanceof AccessDeniedError) {
    return 'This belongs to somebody else: only its owner can do that.';
  }
  if (error instanceof NotFoundError) {
    const name = /\/shares\/(\w+)|\/files\/(\w+\/\w+)/.exec(error.endpoint ?? '');
    const which = name ? ` (${name[1] ?? name[2]})` : '';
    return `There is no such share or file${which}, or it is gone: is the link whole?`;
  }
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    return `${error.message} Check the address ${server} and the network, then try again.`;
  }
  return error.message;
}

function describeFileError(error: Error, code: string): string {
  const place = 'path' in error ? String(error.path) : 'The file';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'is not there: is the name right?',
    EACCES: 'may not be read or written by you.',
    EISDIR: 'is a folder; name a file.',
    ENOSPC: 'does not fit: the disk is full. Free some space and run the same command again.',
  };
  const reason = reasons[code];
  return reason ? `${place} ${reason}` : error.message;
}

/** The exit code for a failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof Interrupted) return EXIT.interrupted;
  if (
    error instanceof NotSignedInError ||
    error instanceof UnauthorizedError ||
    error instanceof WrongCredentialsError
  ) {
    return EXIT.signIn;
  }
  return EXIT.failed;
}
