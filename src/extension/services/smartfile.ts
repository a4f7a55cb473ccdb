import { isGettError } from '../../sdk/index.ts';
import {
  apiKey,
  login,
  type Share,
  type SmartFileAuth,
  SmartFileClient,
} from '../../sdk/smartfile/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import { openSecret } from '../account/vault.ts';
import type { ForeignService } from './foreign.ts';
import { ServiceError } from './service-error.ts';
import type { Profile, ShareSummary } from './share-service.ts';

/** Where shared files lie. Each in a folder of its own, as a file of the same name is replaced. */
const FOLDER = '/Ge.tt Share';

/** Keys of the API are that long at least, names of accounts hardly ever. */
const KEY_LENGTH = 30;

/** SmartFile: the file is stored, then a public link to it is made. */
export function createSmartFile({ id, server }: ServiceAddress): ForeignService {
  const secret = openSecret(id);

  async function client(): Promise<SmartFileClient> {
    const [user, password] = JSON.parse((await secret.get()) ?? '[]');
    if (typeof user !== 'string' || typeof password !== 'string') {
      throw new ServiceError('There is no key for SmartFile.', 'not-signed-in');
    }
    return new SmartFileClient({ baseUrl: server, auth: authOf(user, password) });
  }
  async function profileOf(smartfile: SmartFileClient): Promise<Profile> {
    const { user } = await smartfile.whoami();
    return { email: user.username, name: user.username };
  }

  return {
    async signIn({ email, password }) {
      const auth = authOf(email, password);
      const profile = await profileOf(new SmartFileClient({ baseUrl: server, auth }));
      await secret.set(JSON.stringify([email, password]));
      return profile;
    },
    profile: async () => profileOf(await client()),
    async list(count) {
      const links = await (await client()).links.list().catch(noneWithoutLinks);
      const shares = links.toReversed().flatMap((link): ShareSummary[] => {
        const path = typeof link.path === 'string' ? link.path : link.path?.[0];
        if (!path?.startsWith(`${FOLDER}/`)) return [];
        const name = path.slice(path.lastIndexOf('/') + 1);
        const url = `${link.href.replace(/\/*$/, '/')}${encodeURIComponent(name)}`;
        return [{ sharename: path, url, files: [{ name }] }];
      });
      return { shares: shares.slice(0, count), more: shares.length > count };
    },
    async remove(path) {
      const smartfile = await client();
      const links = await smartfile.links.list().catch(noneWithoutLinks);
      for (const link of links) {
        if (link.uid !== undefined && [link.path].flat().includes(path)) {
          await smartfile.links.delete(link.uid);
        }
      }
      const removal = await smartfile.path.remove(path.slice(0, path.lastIndexOf('/')));
      await removal.wait();
    },
    async upload(filename, bytes, { signal, onProgress }) {
      const smartfile = await client();
      await smartfile.path.mkdir(FOLDER, { signal }).catch(whenThere);
      const folder = `${FOLDER}/${crypto.randomUUID()}`;
      const name = filename.replaceAll('/', '_');
      const share: Share = await smartfile.uploadAndShare(folder, bytes, {
        name,
        signal,
        ...(onProgress && { onProgress }),
      });
      return { sharename: `${folder}/${name}`, url: share.url };
    },
  };
}

function authOf(user: string, password: string): SmartFileAuth {
  return user.length >= KEY_LENGTH
    ? apiKey({ key: user, password })
    : login({ username: user, password });
}

/** Some plans have no links; their files get addresses that end after a day. */
function noneWithoutLinks(error: unknown): [] {
  if (isGettError(error) && error.code === 'access-denied') return [];
  throw error;
}

function whenThere(error: unknown): void {
  if (!isGettError(error) || error.status !== 409) throw error;
}
