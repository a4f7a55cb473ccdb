import type { UploadOptions } from '../../sdk/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import type {
  Consent,
  ConsentQuestion,
  Profile,
  SharePage,
  StoredLink,
  TokenPair,
} from './share-service.ts';

/** A service whose client is loaded only where files are sent, and only when it is used. */
export interface ForeignService {
  /** Keeps the secret in the vault when the service accepts it. */
  signIn: (credentials: { email: string; password: string }) => Promise<Profile>;
  askConsent?: (app: TokenPair) => Promise<ConsentQuestion>;
  /** Keeps what the service gives for the consent in the vault. */
  signInByConsent?: (consent: Consent) => Promise<Profile>;
  /** Ends at the service what its sign-in has made there, and forgets the secret. */
  signOut?: () => Promise<void>;
  profile: () => Promise<Profile>;
  list: (count: number) => Promise<SharePage>;
  remove: (sharename: string) => Promise<void>;
  upload?: (
    filename: string,
    bytes: Blob,
    options: Pick<UploadOptions, 'signal' | 'onProgress'>,
  ) => Promise<StoredLink>;
  sharePath?: (path: string) => Promise<StoredLink>;
  download?: (sharename: string) => Promise<Blob>;
}

const CLIENTS = {
  smartfile: async (address: ServiceAddress) =>
    (await import('./smartfile.ts')).createSmartFile(address),
  bridge: async (address: ServiceAddress) => (await import('./bridge.ts')).createBridge(address),
  jetstream: async (address: ServiceAddress) =>
    (await import('./jetstream.ts')).createJetStream(address),
};

export function openForeign(address: ServiceAddress): Promise<ForeignService> {
  const { service } = address;
  if (service === 'gett') throw new Error('Ge.tt is not a foreign service.');
  return CLIENTS[service](address);
}
