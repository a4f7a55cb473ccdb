import type { ServiceKind } from '../services/capabilities.ts';

/** Names of products, the same in every language. */
export const SERVICE_NAMES: Record<ServiceKind, string> = {
  gett: 'Ge.tt',
  smartfile: 'SmartFile',
  bridge: 'Bridge',
  jetstream: 'JetStream',
};
