import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import type { Failure, JobEvent, WaitReason } from './job.ts';
import { traceOf } from './trace.ts';

const WAITS = {
  network: { kind: 'network' },
  timeout: { kind: 'network' },
  stalled: { kind: 'network' },
  server: { kind: 'server' },
  'too-many-requests': { kind: 'busy' },
  unauthorized: { kind: 'sign-in' },
  'wrong-credentials': { kind: 'sign-in' },
  'not-signed-in': { kind: 'sign-in' },
  'storage-limit': { kind: 'storage' },
  'source-changed': { kind: 'choose-again', why: 'changed' },
} as const satisfies Partial<Record<GettErrorCode, WaitReason>>;

const FAILURES = {
  'not-found': 'share-gone',
  'bad-request': 'refused',
  'access-denied': 'refused',
  'invalid-answer': 'unknown',
  'not-an-image': 'unknown',
} as const satisfies Record<Exclude<GettErrorCode, keyof typeof WAITS>, Failure['code']>;

/** https://www.rfc-editor.org/rfc/rfc4918#section-11.5 */
const DISK_FULL = 507;

/** What a failure of the service or of the upload means for a job. */
export function eventOf(error: unknown): JobEvent {
  const code = isGettError(error) ? error.code : 'invalid-answer';
  if (!isWait(code)) {
    return { type: 'failed', failure: { code: FAILURES[code], detail: traceOf(error) } };
  }
  const diskFull = isGettError(error) && error.status === DISK_FULL;
  const reason = {
    ...WAITS[code],
    ...(diskFull && { diskFull: true as const }),
    trace: traceOf(error),
  };
  const pause = isGettError(error) ? error.retryAfter : undefined;
  if (pause === undefined || (reason.kind !== 'busy' && reason.kind !== 'server')) {
    return { type: 'blocked', reason };
  }
  return { type: 'blocked', reason: { ...reason, retryAt: Date.now() + pause } };
}

function isWait(code: GettErrorCode): code is keyof typeof WAITS {
  return code in WAITS;
}
