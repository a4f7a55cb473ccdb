import { UsageError } from './errors.ts';

/** A share, or one file of it, as people name it. */
export interface Reference {
  /** The service's, when a whole link was given. */
  origin?: string;
  sharename: string;
  fileid?: string;
}

/**
 * Reads a link, or only its end: `https://files.example.org/4Xq81Rb/v/0`, `4Xq81Rb/v/0`, `4Xq81Rb/0`,
 * `4Xq81Rb` (spec section 3).
 *
 * @throws UsageError
 */
export function parseReference(text: string): Reference {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const [, sharename, fileid] =
    /^\/?([0-9A-Za-z]{5,8})(?:(?:\/v)?\/([^/]+))?\/?$/.exec(url?.pathname ?? text) ?? [];
  if (!sharename) {
    throw new UsageError(
      `"${text}" is neither a link nor the name of a share; write one like https://files.example.org/4Xq81Rb or 4Xq81Rb.`,
    );
  }
  return { sharename, ...(url && { origin: url.origin }), ...(fileid && { fileid }) };
}
