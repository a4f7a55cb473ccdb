import { isGettError } from '../../sdk/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import type { ForeignService } from './foreign.ts';
import type { ServiceHost, ServiceReply } from './remote.ts';
import { ServiceError } from './service-error.ts';

/** Carries calls of other services out, with clients that are loaded when they are needed. */
export function createServiceHost(
  open: (address: ServiceAddress) => Promise<ForeignService> = load,
): ServiceHost {
  async function answer<T>(
    address: ServiceAddress,
    call: (service: ForeignService) => Promise<T>,
  ): Promise<ServiceReply<T>> {
    try {
      return { ok: true, value: await call(await open(address)) };
    } catch (error) {
      const code = isGettError(error) ? error.code : 'invalid-answer';
      const hint = error instanceof ServiceError ? error.hint : undefined;
      return { ok: false, code, message: String(error), ...(hint && { hint }) };
    }
  }
  return {
    signIn: ({ address, email, password }) =>
      answer(address, (service) => service.signIn({ email, password })),
    askConsent: ({ address, app }) =>
      answer(address, ({ askConsent = lacking }) => askConsent(app)),
    signInByConsent: ({ address, consent }) =>
      answer(address, ({ signInByConsent = lacking }) => signInByConsent(consent)),
    signOut: ({ address }) => answer(address, async (service) => service.signOut?.()),
    profile: ({ address }) => answer(address, (service) => service.profile()),
    list: ({ address, count }) => answer(address, (service) => service.list(count)),
    remove: ({ address, sharename }) => answer(address, (service) => service.remove(sharename)),
    sharePath: ({ address, path }) => answer(address, ({ sharePath = lacking }) => sharePath(path)),
    download: ({ address, sharename }) =>
      answer(address, ({ download = lacking }) => download(sharename)),
  };
}

async function load(address: ServiceAddress): Promise<ForeignService> {
  const { openForeign } = await import('./foreign.ts');
  return openForeign(address);
}

async function lacking(): Promise<never> {
  throw new ServiceError('This service cannot do that.', 'bad-request');
}
