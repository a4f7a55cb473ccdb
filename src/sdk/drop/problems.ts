import { isGettError } from '../http/gett-error.ts';
import type { SharingClient } from './sharers.ts';
import type { DropTexts } from './texts.ts';

/** What went wrong, what is safe and what to do, in one sentence. */
export function sentenceFor(error: unknown, texts: DropTexts): string {
  if (!isGettError(error)) return texts.unknownProblem;
  switch (error.code) {
    case 'network':
    case 'timeout':
    case 'stalled':
      return navigator.onLine ? texts.serverDown : texts.offline;
    case 'server':
    case 'invalid-answer':
      return texts.serverProblem;
    case 'too-many-requests': {
      const { retryAfter = 0 } = error;
      return texts.tooMany(retryAfter > 60_000 ? Math.ceil(retryAfter / 60_000) : undefined);
    }
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

/** With the numbers, where they can be had. */
export async function storageSentence(
  client: SharingClient,
  bytes: number,
  texts: DropTexts,
): Promise<string> {
  const user = await client.me().catch(() => undefined);
  if (user?.type === 'anon') return texts.anonymousFull(bytes, user.storage.limit);
  return texts.storageFull(bytes, user?.storage.free);
}

/** It passes when the computer is online again. */
export function isConnectionProblem(error: unknown): boolean {
  return isGettError(error) && ['network', 'timeout', 'stalled'].includes(error.code);
}

/** Whether only another sign-in helps. */
export function endsSignIn(error: unknown): boolean {
  return isGettError(error) && (error.code === 'unauthorized' || error.code === 'not-signed-in');
}
