/**
 * A condition that the person at the command line can understand and change. The message is one
 * sentence that says what to do; the program prints it and ends.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** The `code` of a Node system error, for example `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whatever was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error('something that is no error was thrown', { cause: thrown });
}
