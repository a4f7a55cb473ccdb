import type { ShareProblem } from '../background/view-state.ts';
import { type MessageKey, t } from '../platform/i18n.ts';

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
