import type { SignInProblem } from '../../account/account.ts';
import { type MessageKey, t } from '../../platform/i18n.ts';
import type { ServiceKind } from '../../services/capabilities.ts';
import { SERVICE_NAMES } from '../services.ts';
import { signInText } from '../sign-in-texts.ts';

/** What the fields of the sign-in are called, and what the service can do. */
export const SERVICE_FORMS: Record<
  ServiceKind,
  { server: string; user: MessageKey; password: MessageKey; about: MessageKey }
> = {
  gett: { server: '', user: 'email', password: 'password', about: 'aboutGett' },
  smartfile: {
    server: 'https://app.smartfile.com',
    user: 'userOrKey',
    password: 'passwordOrKeyPassword',
    about: 'aboutSmartFile',
  },
  bridge: { server: '', user: 'email', password: 'passwordOrPrivateKey', about: 'aboutBridge' },
  jetstream: { server: '', user: 'userName', password: 'password', about: 'aboutJetStream' },
};

/** As {@link signInText}, with words of each service's own for the two things that it checks. */
export function serviceSignInText(problem: SignInProblem, server: string, service: ServiceKind) {
  const known = signInText(problem, server);
  if (service === 'gett') return known;
  const name = SERVICE_NAMES[service];
  if (problem === 'wrong-kind') return { ...known, text: t('problemOtherKind', name) };
  if (problem === 'wrong-password') return { ...known, text: t('problemWrongSecret', name) };
  return known;
}
