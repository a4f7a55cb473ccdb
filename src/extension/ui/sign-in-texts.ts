import type { SignInProblem } from '../account/account.ts';
import { type MessageKey, t } from '../platform/i18n.ts';

const SIGN_IN: Record<SignInProblem, { field: 'server' | 'password'; key: MessageKey }> = {
  'wrong-password': { field: 'password', key: 'problemWrongPassword' },
  'not-activated': { field: 'password', key: 'problemNotActivated' },
  'server-invalid': { field: 'server', key: 'problemServerInvalid' },
  'server-insecure': { field: 'server', key: 'problemServerInsecure' },
  'no-answer': { field: 'server', key: 'problemNoAnswer' },
  'wrong-kind': { field: 'server', key: 'problemNotGett' },
  'server-trouble': { field: 'server', key: 'problemServerTrouble' },
  'no-room': { field: 'password', key: 'problemNoRoom' },
  unknown: { field: 'password', key: 'problemUnknown' },
};

/** The sentence for a failed sign-in, and the field that it belongs to. */
export function signInText(problem: SignInProblem, server: string) {
  const { field, key } = SIGN_IN[problem];
  return { field, text: t(key, server) };
}
