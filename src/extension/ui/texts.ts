import type { SignInProblem } from '../account/account.ts';
import type { JobView, RemovalProblem } from '../background/view-state.ts';
import type { Failure, WaitReason } from '../jobs/job.ts';
import { type MessageKey, t } from '../platform/i18n.ts';

const SIGN_IN: Record<SignInProblem, { field: 'server' | 'password'; key: MessageKey }> = {
  'wrong-password': { field: 'password', key: 'problemWrongPassword' },
  'server-invalid': { field: 'server', key: 'problemServerInvalid' },
  'server-insecure': { field: 'server', key: 'problemServerInsecure' },
  'no-answer': { field: 'server', key: 'problemNoAnswer' },
  'not-gett': { field: 'server', key: 'problemNotGett' },
  'server-trouble': { field: 'server', key: 'problemServerTrouble' },
  unknown: { field: 'password', key: 'problemUnknown' },
};

/** The sentence for a failed sign-in, and the field that it belongs to. */
export function signInText(problem: SignInProblem, server: string) {
  const { field, key } = SIGN_IN[problem];
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

const REASONS: Record<WaitReason['kind'], MessageKey> = {
  'sign-in': 'waitingSignIn',
  network: 'waitingNetwork',
  server: 'waitingServer',
  storage: 'waitingStorage',
  'choose-again': 'waitingChooseAgain',
  permission: 'waitingPermission',
  'other-account': 'waitingOtherAccount',
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

/** Why a job stands still; `undefined` when it does not. */
export function standstillText({ reason, failure }: JobView): string | undefined {
  if (failure) return t(FAILURES[failure.code]);
  if (reason) return t(REASONS[reason.kind], subjectOf(reason));
  return undefined;
}

/** Whom or what the reason is about. */
function subjectOf(reason: WaitReason): string {
  if (reason.kind === 'permission') return reason.host;
  return reason.kind === 'other-account' ? reason.email : '';
}
