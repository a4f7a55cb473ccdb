import { speedometer } from '../../sdk/index.ts';
import { previewOf } from '../capture/preview.ts';
import { createUploadHost } from '../jobs/host.ts';
import { createLiveKeeper } from '../jobs/live.ts';
import { createProofStore } from '../jobs/proof.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { copyFromPage } from '../platform/clipboard.ts';
import { keepAwake } from '../platform/keep-awake.ts';
import { createServiceHost } from '../services/service-host.ts';
import { upload } from '../services/upload.ts';
import { PROGRESS_CHANNEL, type ProgressNews } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import type { HostParts } from './start.ts';

/** Firefox: the event page itself, which has a document and is kept awake while it is needed. */
export function localHost({ bytes, report, accessToken, wanted }: HostParts): DocumentHost {
  const news = openBroadcast<ProgressNews>(PROGRESS_CHANNEL);
  const letGo = new Map<string, () => void>();
  /** A file that is only held, and a connection, end with the page. */
  const stayFor = (what: string, needed: boolean) => {
    if (!needed) {
      letGo.get(what)?.();
      letGo.delete(what);
    } else if (!letGo.has(what)) {
      void keepAwake(() => new Promise<void>((resolve) => letGo.set(what, resolve)));
    }
  };
  const uploads = createUploadHost({
    bytes,
    proofs: createProofStore(),
    report,
    upload: (target, source, options) => keepAwake(() => upload(target, source, options)),
    progress: (progress) => news.send(progress),
    speed: speedometer(),
  });
  const live = createLiveKeeper({ accessToken, wanted });
  news.listen((message) => {
    if (message === 'ask') uploads.repeatProgress();
  });
  return {
    ...uploads,
    async hold(id, file, again) {
      stayFor(id, true);
      await uploads.hold(id, file, again);
    },
    async drop(id) {
      stayFor(id, false);
      await uploads.drop(id);
    },
    preview: previewOf,
    copy: copyFromPage,
    services: createServiceHost(),
    async listen(needs) {
      stayFor('live', needs.length > 0);
      live.listen(needs);
    },
    rest: async () => undefined,
  };
}
