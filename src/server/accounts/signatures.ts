import { createHmac } from 'node:crypto';
import { sameText } from './tokens.ts';

export type Right = 'read' | 'write';

/** What a signed URL allows. */
export interface Grant {
  right: Right;
  sharename: string;
  /** As in the URL of the file. */
  fileid: string;
}

const LETTER: Record<Right, string> = { read: 'r', write: 'w' };

/**
 * Signatures of upload and read URLs: `w.4Xq81Rb2.0.<mac>`. They name the file by themselves, so
 * the rest of the URL is decoration (spec section 5.3), and hold as long as the file exists.
 */
export class UrlSigner {
  constructor(private readonly secret: Buffer) {}

  sign({ right, sharename, fileid }: Grant): string {
    const text = `${LETTER[right]}.${sharename}.${fileid}`;
    const mac = createHmac('sha256', this.secret).update(`url\n${text}`).digest('base64url');
    return `${text}.${mac}`;
  }

  /** `undefined` when the signature is missing, forged or for something else. */
  verify(signature: string | null, right: Right): Grant | undefined {
    const [, sharename, fileid] = (signature ?? '').split('.');
    if (sharename === undefined || fileid === undefined || signature === null) return undefined;
    const grant = { right, sharename, fileid };
    return sameText(signature, this.sign(grant)) ? grant : undefined;
  }
}
