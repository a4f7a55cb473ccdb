import { SourceChangedError } from '../http/call-errors.ts';
import { partOf } from './body.ts';
import type { Reporter } from './progress.ts';
import type { Exchange } from './request.ts';
import type { Body, TransportAnswer, UploadOptions } from './types.ts';

const VERSION = { 'tus-resumable': '1.0.0' };

/**
 * Sends what the service does not have yet (tus 1.0, core and deferred length). The service makes
 * bytes durable as they arrive, so one request for all of them loses nothing when it breaks.
 * https://tus.io/protocols/resumable-upload
 *
 * @param reportFrom told how many bytes the service had before this try
 */
export async function sendRest(
  exchange: Exchange,
  url: string,
  body: Body,
  size: number,
  chunkSize: number,
  reportFrom: (offset: number) => Reporter,
  beforePart?: UploadOptions['beforePart'],
): Promise<void> {
  let [offset, declared] = await exchange(
    { method: 'HEAD', url, headers: VERSION },
    (answer): [number, string | null] | undefined => {
      const kept = offsetOf(answer);
      return kept === undefined ? kept : [kept, answer.header('upload-length')];
    },
  );
  if (offset > size || (declared !== null && Number(declared) !== size)) {
    throw new SourceChangedError('This is not the file whose upload began.');
  }
  const report = reportFrom(offset);
  while (offset < size || declared === null) {
    const start = offset;
    const end = Math.min(size, start + chunkSize);
    await beforePart?.({ start, end });
    offset = await exchange(
      {
        method: 'PATCH',
        url,
        headers: {
          ...VERSION,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': `${start}`,
          ...(declared === null && { 'upload-length': `${size}` }),
        },
        body: partOf(body, start, end),
        onSent: (bytes) => report.sent(start + bytes),
        ...(end === size && { onFinishing: report.finishing }),
      },
      (answer) => {
        const next = offsetOf(answer) ?? -1;
        return next <= end && (next > start || end === start) ? next : undefined;
      },
    );
    declared = '';
    report.sent(offset);
  }
  report.done();
}

function offsetOf({ header }: TransportAnswer): number | undefined {
  const offset = header('upload-offset') ?? '';
  return /^\d+$/.test(offset) ? Number(offset) : undefined;
}
