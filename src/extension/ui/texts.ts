import type { JobView, RemovalProblem } from '../background/view-state.ts';
import type { Failure, RetryReason } from '../jobs/job.ts';
import { formatPercent, type MessageKey, plural, t } from '../platform/i18n.ts';
import { formatBytes, formatSeconds } from './format.ts';
import { SERVICE_NAMES } from './services.ts';

const FAILURES: Record<Exclude<Failure['code'], 'too-large'>, MessageKey> = {
  'image-gone': 'failedImageGone',
  'image-needs-sign-in': 'failedImageNeedsSignIn',
  'not-an-image': 'failedNotAnImage',
  'not-media': 'failedNotMedia',
  'media-streamed': 'failedMediaStreamed',
  'page-forbids': 'failedPageForbids',
  'page-forbids-script': 'failedPageForbidsScript',
  'page-hidden': 'failedPageHidden',
  'picture-not-seen': 'failedPictureNotSeen',
  'page-left': 'failedPageLeft',
  'share-gone': 'failedShareGone',
  refused: 'failedRefused',
  unknown: 'failedUnknown',
};

const REFUSALS: Record<RemovalProblem, MessageKey> = {
  network: 'refusedNetwork',
  server: 'refusedServer',
  'sign-in': 'refusedSignIn',
  refused: 'refusedByServer',
};

/** Why something is still there that was to be deleted. */
export function refusalText(problem: RemovalProblem): string {
  return t(REFUSALS[problem]);
}

/** Whether the row has to say why the job stands still. */
export function needsWords({ failure, reason }: JobView): boolean {
  return failure !== undefined || (reason !== undefined && reason.kind !== 'offline');
}

/** Why a job stands still; `undefined` when that needs no words. */
export function standstillText(job: JobView, now: number): string | undefined {
  const { failure, reason } = job;
  if (failure) return failureText(failure, formatBytes(job.size ?? 0));
  switch (reason?.kind) {
    case 'sign-in':
      return reason.service ? t('waitingTaker', SERVICE_NAMES[reason.service]) : t('waitingSignIn');
    case 'network':
    case 'server':
    case 'busy':
      return retryText(job, reason, now);
    case 'storage':
      return reason.free === undefined
        ? t('waitingStorage')
        : t('waitingRoom', formatBytes(job.size ?? 0), formatBytes(reason.free));
    case 'choose-again':
      return t(CHOOSE_AGAIN[reason.why], job.name);
    case 'permission':
      return t('waitingPermission', reason.host);
    case 'other-account':
      return t('waitingOtherAccount', reason.email);
    case 'offline':
    case undefined:
    default:
      return undefined;
  }
}

function failureText({ code, limit }: Failure, size: string): string {
  if (code !== 'too-large') return t(FAILURES[code]);
  if (limit === undefined) return t('failedTooLargeHere', size);
  return t('failedTooLarge', formatBytes(limit), size);
}

const CHOOSE_AGAIN = {
  closed: 'waitingChooseAgain',
  changed: 'waitingChanged',
  other: 'waitingOther',
} as const;

/** What has happened, and when it is tried again. */
function retryText(
  { size = 0, sent = 0, tries = 0 }: JobView,
  { kind, retryAt, diskFull }: RetryReason,
  now: number,
): string {
  const lost = sent > 0 && size > 0;
  const what =
    kind === 'network'
      ? lost
        ? t('lostAt', formatPercent(Math.min(1, sent / size)))
        : t('waitingNetwork')
      : t(diskFull ? 'waitingServerFull' : kind === 'server' ? 'waitingServer' : 'waitingBusy');
  if (retryAt === undefined) return `${what} ${plural('stoppedAfter', tries)}`;
  return `${what} ${t('tryingAgainIn', formatSeconds(retryAt - now))}`;
}
