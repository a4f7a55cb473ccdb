import type { GettErrorCode } from '../../sdk/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import { openSecret } from '../account/vault.ts';
import { CAPABILITIES } from './capabilities.ts';
import { ServiceError, type ServiceHint } from './service-error.ts';
import type {
  Consent,
  ConsentQuestion,
  Profile,
  SharePage,
  ShareService,
  StoredLink,
  TokenPair,
} from './share-service.ts';

/** Errors lose their class between contexts, so what went wrong travels as a word. */
export type ServiceReply<T> =
  | { ok: true; value: T }
  | { ok: false; code: GettErrorCode; message: string; hint?: ServiceHint };

type Call<I, O> = (input: I & { address: ServiceAddress }) => Promise<ServiceReply<O>>;

/** Other services, in the context where their clients can be loaded. */
export interface ServiceHost {
  signIn: Call<{ email: string; password: string }, Profile>;
  askConsent: Call<{ app: TokenPair }, ConsentQuestion>;
  signInByConsent: Call<{ consent: Consent }, Profile>;
  signOut: Call<object, void>;
  profile: Call<object, Profile>;
  list: Call<{ count: number }, SharePage>;
  remove: Call<{ sharename: string }, void>;
  sharePath: Call<{ path: string }, StoredLink>;
  download: Call<{ sharename: string }, Blob>;
}

/** Another service as the background sees it. */
export function createRemoteService(address: ServiceAddress, host: ServiceHost): ShareService {
  const { uploads, download, consent } = CAPABILITIES[address.service];
  return {
    signIn: async (credentials) => value(await host.signIn({ address, ...credentials })),
    async signOut() {
      // Whoever leaves is not kept by a service that does not answer.
      await host.signOut({ address }).catch(() => undefined);
      await openSecret(address.id).clear();
    },
    profile: async () => value(await host.profile({ address })),
    list: async (count) => value(await host.list({ address, count })),
    announce: async (files) =>
      files.map(({ name }) => ({
        sharename: '',
        fileid: '',
        target: { address, filename: name },
      })),
    remove: async (sharename) => value(await host.remove({ address, sharename })),
    // A file without bytes has not been there yet.
    async removeFile({ sharename }) {
      if (sharename !== '') value(await host.remove({ address, sharename }));
    },
    isStored: async () => false,
    ...(consent && {
      askConsent: async (app: TokenPair) => value(await host.askConsent({ address, app })),
      signInByConsent: async (consent: Consent) =>
        value(await host.signInByConsent({ address, consent })),
    }),
    ...(!uploads && {
      sharePath: async (path: string) => value(await host.sharePath({ address, path })),
    }),
    ...(download && {
      download: async (sharename: string) => value(await host.download({ address, sharename })),
    }),
  };
}

function value<T>(reply: ServiceReply<T>): T {
  if (reply.ok) return reply.value;
  throw new ServiceError(reply.message, reply.code, { hint: reply.hint });
}
