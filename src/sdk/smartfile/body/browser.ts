import type { Payload } from '../payload.ts';

/** Browsers send no streams: Chromium refuses one over HTTP/1.1, Firefox sends its text form. */
export async function bodyOf(
  payload: Payload,
  _onSent: ((bytes: number) => void) | undefined,
  _failed: AbortSignal,
): Promise<Pick<RequestInit, 'body'>> {
  return { body: payload.kind === 'text' ? payload.text : await payload.blob() };
}
