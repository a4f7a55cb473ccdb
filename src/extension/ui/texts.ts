import type { SignInProblem } from '../account/account.ts';
import type { JobView, RemovalProblem, ShareProblem } from '../background/view-state.ts';
import type { Failure, RetryReason } from '../jobs/job.ts';
import { formatPercent, type MessageKey, plural, t } from '../platform/i18n.ts';
import type { ServiceKind } from '../services/capabilities.ts';
import { formatBytes, formatSeconds } from './format.ts';
import { SERVICE_NAMES } from './services.ts';

const SIGN_IN: Record<SignInProblem, { field: 'server' | 'password'; key: MessageKey }> = {
  'wrong-password': { field: 'password', key: 'problemWrongPassword' },
  'not-activated': { field: 'password', key: 'problemNotActivated' },
  'server-invalid': { field: 'server', key: 'problemServerInvalid' },
  'server-insecure': { field: 'server', key: 'problemServerInsecure' },
  'no-answer': { field: 'server', key: 'problemNoAnswer' },
  'wrong-kind': { field: 'server', key: 'problemNotGett' },
  'server-trouble': { field: 'server', key: 'problemServerTrouble' },
  unknown: { field: 'password', key: 'problemUnknown' },
};

/** The sentence for a failed sign-in, and the field that it belongs to. */
export function signInText(problem: SignInProblem, server: string, service: ServiceKind = 'gett') {
  const { field, key } = SIGN_IN[problem];
  // Each service has words of its own for the two things that it checks.
  if (service !== 'gett' && problem === 'wrong-kind') {
    return { field, text: t('problemOtherKind', SERVICE_NAMES[service]) };
  }
  if (service !== 'gett' && problem === 'wrong-password') {
    return { field, text: t('problemWrongSecret', SERVICE_NAMES[service]) };
  }
  return { field, text: t(key, server) };
}

const FAILURES: Record<Failure['code'], MessageKey> = {
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

const SHARE_PROBLEMS: Record<ShareProblem, MessageKey> = {
  network: 'shareProblemNetwork',
  server: 'shareProblemServer',
  'sign-in': 'shareProblemSignIn',
  refused: 'shareProblemRefused',
  gone: 'shareProblemGone',
};

/** Why something could not be done with a share. */
export function shareProblemText(problem: ShareProblem): string {
  return t(SHARE_PROBLEMS[problem]);
}

/** Why something is still there that was to be deleted. */
export function refusalText(problem: RemovalProblem): string {
  return t(REFUSALS[problem]);
}

const RENAMING: Record<ShareProblem, MessageKey> = {
  network: 'renameNetwork',
  server: 'renameServer',
  'sign-in': 'renameSignIn',
  refused: 'renameRefused',
  gone: 'renameGone',
};

/** Why something still has its old name. */
export function renameText(problem: ShareProblem): string {
  return t(RENAMING[problem]);
}

/** Whether the row has to say why the job stands still. */
export function needsWords({ failure, reason }: JobView): boolean {
  return failure !== undefined || (reason !== undefined && reason.kind !== 'offline');
}

/** Why a job stands still; `undefined` when that needs no words. */
export function standstillText(job: JobView, now: number): string | undefined {
  const { failure, reason } = job;
  if (failure) return t(FAILURES[failure.code]);
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

const CHOOSE_AGAIN = {
  closed: 'waitingChooseAgain',
  changed: 'waitingChanged',
  other: 'waitingOther',
} as const;

/** What has happened, and when it is tried again. */
function retryText(
  { size = 0, sent = 0, tries = 0 }: JobView,
  { kind, retryAt }: RetryReason,
  now: number,
): string {
  const lost = sent > 0 && size > 0;
  const what =
    kind === 'network'
      ? lost
        ? t('lostAt', formatPercent(Math.min(1, sent / size)))
        : t('waitingNetwork')
      : t(kind === 'server' ? 'waitingServer' : 'waitingBusy');
  if (retryAt === undefined) return `${what} ${plural('stoppedAfter', tries)}`;
  return `${what} ${t('tryingAgainIn', formatSeconds(retryAt - now))}`;
}
