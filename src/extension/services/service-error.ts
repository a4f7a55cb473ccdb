import { GettError, type GettErrorCode } from '../../sdk/index.ts';

/** What another service's client has reported, in the one set of words that jobs understand. */
export class ServiceError extends GettError {
  override readonly name = 'ServiceError';
  readonly code: GettErrorCode;

  constructor(message: string, code: GettErrorCode, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
