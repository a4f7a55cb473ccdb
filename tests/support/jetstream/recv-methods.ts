import { type MethodTable, text } from './methods.ts';

export const RECV_METHODS: MethodTable = {
  'recv.getSources': { asyncOnly: true, params: {}, run: ({ world }) => world.sources },
  'recv.getTransfers': { asyncOnly: true, params: {}, run: ({ world }) => world.received },
  'recv.addAuthorizedClient': {
    asyncOnly: true,
    params: { clientPublicKey: 'string' },
    run({ world }, params) {
      world.authorizedClients.add(text(params, 'clientPublicKey'));
      return null;
    },
  },
  'recv.removeAuthorizedClient': {
    asyncOnly: true,
    params: { clientPublicKey: 'string' },
    run({ world }, params) {
      world.authorizedClients.delete(text(params, 'clientPublicKey'));
      return null;
    },
  },
  'recv.allowOnlyAuthorizedClients': {
    asyncOnly: true,
    params: { flag: 'boolean' },
    run({ world }, { flag }) {
      world.onlyAuthorizedClients = flag === true;
      return null;
    },
  },
};
