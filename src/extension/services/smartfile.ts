import { isGettError } from '../../sdk/index.ts';
import { SmartFileClient, SmartFileOAuth } from '../../sdk/smartfile/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import { openSecret } from '../account/vault.ts';
import type { ForeignService } from './foreign.ts';
import { ServiceError } from './service-error.ts';
import type { Profile, ShareSummary } from './share-service.ts';
import { authOf, readSecret, type SmartFileSecret } from './smartfile-auth.ts';

/** Where shared files lie. Each in a folder of its own, as a file of the same name is replaced. */
const FOLDER = '/Ge.tt Share';
/** What else lies there was not shared by us, so it is neither listed nor removed. */
const OURS = /^\/Ge\.tt Share\/[\da-f-]{36}\/[^/]+$/;

/** SmartFile: the file is stored, then a public link to it is made. */
export function createSmartFile({ id, server }: ServiceAddress): ForeignService {
  const secret = openSecret(id);

  const connect = (known: SmartFileSecret) =>
    new SmartFileClient({ baseUrl: server, auth: authOf(known) });

  async function client(): Promise<SmartFileClient> {
    const known = readSecret(await secret.get());
    if (known) return connect(known);
    throw new ServiceError('There is no key for SmartFile.', 'not-signed-in');
  }
  async function profileOf(smartfile: SmartFileClient): Promise<Profile> {
    const { user } = await smartfile.whoami().catch(refused);
    return { email: user.username, name: user.username };
  }
  async function enter(known: SmartFileSecret): Promise<Profile> {
    const profile = await profileOf(connect(known));
    await secret.set(JSON.stringify(known));
    return profile;
  }

  return {
    signIn: ({ email, password }) => enter([email, password]),
    async askConsent(app) {
      const steps = new SmartFileOAuth({ baseUrl: server, client: app });
      // Without a callback the page shows a code, so no address of the extension is open to the web.
      const request = await steps.requestToken();
      return { request, url: steps.authorizationUrl(request) };
    },
    async signInByConsent({ app, request, code }) {
      const steps = new SmartFileOAuth({ baseUrl: server, client: app });
      return enter({ app, access: await steps.accessToken(request, code) });
    },
    profile: async () => profileOf(await client()),
    async list(count) {
      const links = await (await client()).links.list().catch(noneWithoutLinks);
      const shares = links.toReversed().flatMap((link): ShareSummary[] => {
        const path = typeof link.path === 'string' ? link.path : link.path?.[0];
        if (!path || !OURS.test(path)) return [];
        const name = path.slice(path.lastIndexOf('/') + 1);
        const url = `${link.href.replace(/\/*$/, '/')}${encodeURIComponent(name)}`;
        return [{ sharename: path, url, files: [{ name }] }];
      });
      return { shares: shares.slice(0, count), more: shares.length > count };
    },
    async remove(path) {
      if (!OURS.test(path)) throw new ServiceError('No share of ours lies there.', 'not-found');
      const smartfile = await client();
      const links = await smartfile.links.list().catch(noneWithoutLinks);
      const removal = await smartfile.path.remove(path.slice(0, path.lastIndexOf('/')));
      await removal.wait();
      // Last, as what has no link is not listed any more.
      for (const link of links) {
        if (link.uid !== undefined && [link.path].flat().includes(path)) {
          await smartfile.links.delete(link.uid);
        }
      }
    },
    async upload(filename, bytes, { signal, onProgress }) {
      const smartfile = await client();
      await smartfile.path.mkdir(FOLDER, { signal }).catch(whenThere);
      const folder = `${FOLDER}/${crypto.randomUUID()}`;
      await smartfile.path.mkdir(folder, { signal });
      // The service may store it under another name (spec section 5).
      const { path } = await smartfile.path.upload(folder, bytes, {
        name: filename.replaceAll('/', '_'),
        signal,
        ...(onProgress && { onProgress }),
      });
      const { url } = await smartfile.share(path, { signal });
      return { sharename: path, url };
    },
  };
}

/** Everybody may ask who he is, so whoever may not is no longer known. */
function refused(error: unknown): never {
  if (!isGettError(error) || error.code !== 'access-denied') throw error;
  throw new ServiceError(error.message, 'wrong-credentials', { cause: error });
}

/** Some plans have no links; their files get addresses that end after a day. */
function noneWithoutLinks(error: unknown): [] {
  if (isGettError(error) && error.code === 'access-denied') return [];
  throw error;
}

function whenThere(error: unknown): void {
  if (!isGettError(error) || error.status !== 409) throw error;
}
