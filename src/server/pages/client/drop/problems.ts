import { isGettError } from '/sdk/gett-drop.js';
import { texts } from '../../texts.ts';

/** Why nobody could be signed in, and what to do, in one sentence. */
export function sentenceForSignIn(error: unknown): string {
  if (!isGettError(error)) return texts.signInFailed;
  if (error.code === 'wrong-credentials') return texts.wrongPassword;
  if (error.code === 'too-many-requests') return texts.tooManyTries;
  const unreachable = ['network', 'timeout', 'stalled'].includes(error.code);
  return unreachable ? texts.serverDown : texts.signInFailed;
}
