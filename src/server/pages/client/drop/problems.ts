import { type GettClient, isGettError } from '/sdk/gett-sdk.js';
import { texts } from '../../texts.ts';

/** What went wrong, what is safe and what to do, in one sentence. */
export function sentenceFor(error: unknown): string {
  if (!isGettError(error)) return texts.unknownProblem;
  switch (error.code) {
    case 'network':
    case 'timeout':
    case 'stalled':
      return navigator.onLine ? texts.serverDown : texts.offline;
    case 'server':
    case 'invalid-answer':
      return texts.serverProblem;
    case 'too-many-requests':
      return texts.tooManyAtOnce;
    case 'unauthorized':
    case 'not-signed-in':
      return texts.signInEnded;
    case 'not-found':
    case 'access-denied':
      return texts.shareGone;
    case 'wrong-credentials':
    case 'bad-request':
    case 'storage-limit':
    case 'not-an-image':
    case 'source-changed':
    default:
      return texts.unknownProblem;
  }
}

export function sentenceForSignIn(error: unknown): string {
  if (!isGettError(error)) return texts.unknownProblem;
  if (error.code === 'wrong-credentials') return texts.wrongPassword;
  if (error.code === 'too-many-requests') return texts.tooManyTries;
  return sentenceFor(error);
}

/** With the numbers, where they can be had. */
export async function storageSentence(gett: GettClient, bytes: number): Promise<string> {
  const user = await gett.me().catch(() => undefined);
  return texts.storageFull(bytes, user?.storage.free);
}

/** It passes when the computer is online again. */
export function isConnectionProblem(error: unknown): boolean {
  return isGettError(error) && ['network', 'timeout', 'stalled'].includes(error.code);
}
