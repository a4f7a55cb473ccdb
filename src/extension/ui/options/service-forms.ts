import type { MessageKey } from '../../platform/i18n.ts';
import type { ServiceKind } from '../../services/capabilities.ts';

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
