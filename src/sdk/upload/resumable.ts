import { InvalidAnswerError } from '../http/answer-errors.ts';
import { SourceChangedError } from '../http/call-errors.ts';
import { partOf } from './body.ts';
import { createReporter } from './progress.ts';
import { type Attempt, detailsOf, exchange } from './request.ts';
import type { TransportAnswer, TransportRequest } from './types.ts';

/** Slices for transports that see progress only between requests. */
const BLIND_CHUNK = 8 * 1024 * 1024;

const VERSION = { 'tus-resumable': '1.0.0' };

/**
 * Sends what the service does not have yet (tus 1.0, core and deferred length). The service makes
 * bytes durable as they arrive, so one request for all of them loses nothing when it breaks.
 * https://tus.io/protocols/resumable-upload
 *
 * @param onOffset told how many bytes the service had before this try
 */
export async function sendRest(
  url: string,
  size: number,
  chunkSize: number | undefined,
  attempt: Attempt,
  onOffset: (offset: number) => void,
): Promise<void> {
  const question = { method: 'head', url, headers: VERSION } as const;
  const state = await exchange(attempt, question);
  const kept = offsetOf(question, state);
  const length = state.header('upload-length');
  if (kept > size || (length !== null && Number(length) !== size)) {
    throw new SourceChangedError('The service holds the beginning of another file.');
  }
  onOffset(kept);

  const { number, body, transport, onProgress, clock } = attempt;
  const report = createReporter(onProgress, size, number, clock, kept);
  const step = chunkSize ?? (transport.reportsProgress ? size : BLIND_CHUNK);
  let declared = length !== null;
  for (let offset = kept; offset < size || !declared; declared = true) {
    const start = offset;
    const end = Math.min(size, start + step);
    const request = {
      method: 'patch',
      url,
      headers: {
        ...VERSION,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(start),
        ...(!declared && { 'upload-length': String(size) }),
      },
      body: partOf(body, start, end),
      onSent: (bytes: number) => report.sent(start + bytes),
      ...(end === size && { onFinishing: report.finishing }),
    } as const;
    const answer = await exchange(attempt, request);
    offset = offsetOf(request, answer);
    if (offset > end || (offset === start && start < end)) throw strange(request, answer);
    report.sent(offset);
  }
  report.done();
}

type Asked = Pick<TransportRequest, 'method' | 'url'>;

function offsetOf(request: Asked, answer: TransportAnswer): number {
  const offset = answer.header('upload-offset') ?? '';
  if (!/^\d+$/.test(offset)) throw strange(request, answer);
  return Number(offset);
}

function strange(request: Asked, answer: TransportAnswer) {
  const message = 'The address does not take resumable uploads as the service announced.';
  return new InvalidAnswerError(message, detailsOf(request, answer));
}
