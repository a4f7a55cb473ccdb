import type { SignInProblem } from '../account/account.ts';
import { type MessageKey, t } from '../platform/i18n.ts';
import type { ServiceKind } from '../services/capabilities.ts';
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
