import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import type { Endpoint } from './address.ts';
import { decodeFailure } from './decoders.ts';
import { BridgeError } from './errors/bridge-error.ts';
import { errorCode } from './errors/codes.ts';

/**
 * The value that an answer brings. Any success may have an empty body (spec section 1).
 *
 * @throws BridgeError
 */
export async function readAnswer<T>(
  response: Response,
  decode: Decoder<T>,
  endpoint: Endpoint,
): Promise<T> {
  const text = await response.text();
  const { status } = response;
  if (!response.ok) {
    const sentence = sentenceOf(text);
    const message = sentence ?? `The Bridge answered ${endpoint} with ${status} and no reason.`;
    throw new BridgeError(message, errorCode(status, sentence ?? ''), status, endpoint);
  }
  try {
    return decode(text === '' ? undefined : JSON.parse(text), 'answer');
  } catch (error) {
    // The parser's own error would repeat a piece of the body.
    const reason = error instanceof DecodeError ? error.message : 'it is not JSON';
    const message = `The Bridge's answer to ${endpoint} cannot be understood: ${reason}.`;
    throw new BridgeError(message, 'unexpected-answer', status, endpoint);
  }
}

function sentenceOf(text: string): string | undefined {
  try {
    const { error } = decodeFailure(JSON.parse(text), 'answer');
    // Tokens and password hashes are 64 hexadecimal digits, if a server should repeat one.
    return error.replaceAll(/[\da-f]{64,}/gi, '[hidden]');
  } catch {
    return undefined;
  }
}
