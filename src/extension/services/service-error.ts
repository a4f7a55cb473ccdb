import { GettError, type GettErrorCode } from '../../sdk/index.ts';

/** What only one service can say, and people need to know. */
export type ServiceHint = 'not-activated';

/** What another service's client has reported, in the one set of words that jobs understand. */
export class ServiceError extends GettError {
  override readonly name = 'ServiceError';
  readonly code: GettErrorCode;
  readonly hint: ServiceHint | undefined;

  constructor(
    message: string,
    code: GettErrorCode,
    { hint, ...options }: { cause?: unknown; hint?: ServiceHint | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
