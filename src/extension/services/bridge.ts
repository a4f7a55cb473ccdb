import {
  BridgeChannelError,
  BridgeClient,
  BridgeConnectionError,
  BridgeError,
  basicAuth,
  KeyPair,
  keyPairAuth,
} from '../../sdk/bridge/index.ts';
import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import type { AccountId } from '../account/account.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import { openSecret, type SecretStore } from '../account/vault.ts';
import type { ForeignService } from './foreign.ts';
import { ServiceError } from './service-error.ts';
import type { Profile } from './share-service.ts';

/** Follows a key in the vault that was made here, which ends with the sign-out. */
const MADE = ' made';
const PATIENCE_MS = 5_000;

/** The bucket that is made for an account without any. */
const BUCKET = 'Ge.tt Share';

/** One client an account: the service refuses numbers of requests that have been overtaken. */
const clients = new Map<AccountId, BridgeClient>();

/** Bridge: files lie in a bucket; there are no links, so they are fetched by the extension again. */
export function createBridge({ id, server, place }: ServiceAddress): ForeignService {
  const secret = openSecret(id);

  function connect(keyPair: KeyPair): BridgeClient {
    const client = new BridgeClient({ baseUrl: server, auth: keyPairAuth(keyPair) });
    clients.set(id, client);
    return client;
  }
  const client = async () => clients.get(id) ?? connect(await keyOf(secret));

  /** The account's e-mail address is told with what belongs to it. */
  async function profileOf(bridge: BridgeClient): Promise<Profile> {
    const listed = await bridge.buckets.list();
    const buckets = listed.length > 0 ? listed : [await bridge.buckets.create({ name: BUCKET })];
    const email = buckets[0]?.user ?? '';
    const places = buckets.map(({ id, name }) => ({ id, name }));
    return { email, name: email, places };
  }
  function bucket(): string {
    if (place !== undefined) return place;
    throw new ServiceError('No bucket has been chosen.', 'bad-request');
  }

  return translated({
    async signIn({ email, password }) {
      const known = /^[\da-f]{64}$/i.test(password);
      const keyPair = known ? KeyPair.fromPrivateKey(password) : KeyPair.generate();
      const { keys } = new BridgeClient({ baseUrl: server, auth: basicAuth({ email, password }) });
      if (!known) await keys.add(keyPair);
      try {
        const profile = await profileOf(connect(keyPair));
        await secret.set(keyPair.exportPrivateKey() + (known ? '' : MADE));
        return profile;
      } catch (error) {
        clients.delete(id);
        if (!known) await keys.remove(keyPair, patience()).catch(() => undefined);
        throw error;
      }
    },
    async signOut() {
      const made = (await secret.get())?.endsWith(MADE);
      const leaving = made && { bridge: await client(), keyPair: await keyOf(secret) };
      clients.delete(id);
      await secret.clear();
      if (leaving) await leaving.bridge.keys.remove(leaving.keyPair, patience());
    },
    profile: async () => profileOf(await client()),
    async list(count) {
      const entries = await (await client()).files.list(bucket());
      const shares = entries.toReversed().map(({ bucket, hash, filename, size }) => ({
        sharename: `${bucket}/${hash}`,
        files: [{ name: filename, size }],
      }));
      return { shares: shares.slice(0, count), more: shares.length > count };
    },
    async remove(sharename) {
      const [from = '', hash = ''] = sharename.split('/');
      await (await client()).files.remove(from, hash);
    },
    async upload(filename, bytes, { signal, onProgress }) {
      const bridge = await client();
      const total = bytes.size;
      const stop = bridge.on('upload', (event) => {
        if (event.filename !== filename) return;
        const phase = event.loaded < total ? 'sending' : 'finishing';
        onProgress?.({ phase, sent: event.loaded, total, attempt: 1 });
      });
      const options = { filename, ...(signal && { signal }) };
      const entry = await bridge.files.upload(bucket(), bytes, options).finally(stop);
      return { sharename: `${entry.bucket}/${entry.hash}` };
    },
    async download(sharename) {
      const [from = '', hash = ''] = sharename.split('/');
      const parts: BlobPart[] = [];
      // Read by hand: a Response would hide why the stream has failed.
      for await (const part of (await client()).files.download(from, hash)) {
        // A Blob may lie on the disk, which an array may not.
        parts.push(new Blob([new Uint8Array(part)]));
      }
      return new Blob(parts);
    },
  });
}

async function keyOf(secret: SecretStore): Promise<KeyPair> {
  const key = await secret.get();
  if (key === undefined) throw new ServiceError('There is no key for the Bridge.', 'not-signed-in');
  return KeyPair.fromPrivateKey(key.replace(MADE, ''));
}

const patience = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });

const CODES: Record<BridgeError['code'] | BridgeChannelError['code'], GettErrorCode> = {
  unauthorized: 'wrong-credentials',
  'not-activated': 'wrong-credentials',
  'invalid-key': 'wrong-credentials',
  'invalid-nonce': 'server',
  'invalid-token': 'server',
  'not-found': 'not-found',
  'already-registered': 'bad-request',
  'bad-size': 'bad-request',
  'bad-request': 'bad-request',
  'hash-mismatch': 'server',
  'unexpected-answer': 'invalid-answer',
  unknown: 'server',
  refused: 'server',
  unreachable: 'network',
  insecure: 'network',
  stalled: 'stalled',
  'too-large': 'server',
  unsupported: 'invalid-answer',
};

function codeOf(error: unknown): GettErrorCode {
  if (error instanceof BridgeConnectionError) return 'network';
  if (error instanceof BridgeError || error instanceof BridgeChannelError) return CODES[error.code];
  return 'invalid-answer';
}

/** The service with its errors in the words of jobs. */
function translated(
  service: Required<Omit<ForeignService, 'sharePath' | 'askConsent' | 'signInByConsent'>>,
): ForeignService {
  const tell = (error: unknown): never => {
    if (isGettError(error) || (error instanceof DOMException && error.name === 'AbortError')) {
      throw error;
    }
    const hint = error instanceof BridgeError && error.code === 'not-activated' && error.code;
    throw new ServiceError(String(error), codeOf(error), { cause: error, ...(hint && { hint }) });
  };
  return {
    signIn: (credentials) => service.signIn(credentials).catch(tell),
    signOut: () => service.signOut().catch(tell),
    profile: () => service.profile().catch(tell),
    list: (count) => service.list(count).catch(tell),
    remove: (sharename) => service.remove(sharename).catch(tell),
    upload: (filename, bytes, options) => service.upload(filename, bytes, options).catch(tell),
    download: (sharename) => service.download(sharename).catch(tell),
  };
}
