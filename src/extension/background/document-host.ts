import type { UploadHost } from '../jobs/host.ts';
import type { LiveNeed } from '../jobs/live.ts';
import { caller } from '../platform/messages.ts';
import { closeOffscreen, offscreenIsOpen, openOffscreen } from '../platform/offscreen.ts';
import type { ServiceHost } from '../services/remote.ts';
import type { HostCalls } from './calls.ts';
import { createDocumentLease } from './document-lease.ts';

/** The host of uploads, and what else needs a document. */
export interface DocumentHost extends UploadHost {
  /** A small picture as a data URL; `undefined` when the bytes are no picture. */
  preview: (bytes: Blob) => Promise<string | undefined>;
  copy: (text: string) => Promise<void>;
  /** Other services than Ge.tt. */
  services: ServiceHost;
  /** Holds Live connections for these accounts, and for no other. */
  listen: (needs: LiveNeed[]) => Promise<void>;
  /** Nothing is left to do: the document may go. */
  rest: () => Promise<void>;
}

/** Chromium: the offscreen document, opened when it is needed. */
export function offscreenHost(): DocumentHost {
  const remote = caller<HostCalls>('host');
  const lease = createDocumentLease({ open: openOffscreen, close: closeOffscreen });
  const call: typeof remote = (name, input) => lease.use(() => remote(name, input));
  return {
    hold: (id, bytes, again) => call('hold', { id, bytes, ...(again && { again }) }),
    drop: (id) => call('drop', { id }),
    accept: async (id) => (await call('accept', { id })) ?? undefined,
    send: (id, target, { again }) => call('send', { id, target, again }),
    stop: async (id) => (await call('stop', { id })) ?? undefined,
    async status() {
      return (await offscreenIsOpen()) ? call('status', null) : { held: [], running: [] };
    },
    preview: async (bytes) => (await call('preview', { bytes })) ?? undefined,
    copy: (text) => call('copy', { text }),
    services: {
      signIn: (input) => call('service.signIn', input),
      askConsent: (input) => call('service.askConsent', input),
      signInByConsent: (input) => call('service.signInByConsent', input),
      signOut: (input) => call('service.signOut', input),
      profile: (input) => call('service.profile', input),
      list: (input) => call('service.list', input),
      remove: (input) => call('service.remove', input),
      sharePath: (input) => call('service.sharePath', input),
      download: (input) => call('service.download', input),
    },
    async listen(needs) {
      if (needs.length > 0 || (await offscreenIsOpen())) await call('listen', { needs });
    },
    rest: lease.rest,
  };
}
