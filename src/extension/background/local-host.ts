import { uploadFile } from '../../sdk/index.ts';
import { previewOf } from '../capture/preview.ts';
import { createUploadHost, type HostOptions } from '../jobs/host.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { copyFromPage } from '../platform/clipboard.ts';
import { keepAwake } from '../platform/keep-awake.ts';
import { PROGRESS_CHANNEL, type ProgressNews } from './calls.ts';
import type { DocumentHost } from './document-host.ts';

/** Firefox: the event page itself, which has a document and is kept awake while it sends. */
export function localHost({ bytes, report }: Pick<HostOptions, 'bytes' | 'report'>): DocumentHost {
  const news = openBroadcast<ProgressNews>(PROGRESS_CHANNEL);
  const uploads = createUploadHost({
    bytes,
    report,
    upload: (target, source, options) => keepAwake(() => uploadFile(target, source, options)),
    progress: (progress) => news.send(progress),
  });
  news.listen((message) => {
    if (message === 'ask') uploads.repeatProgress();
  });
  return { ...uploads, preview: previewOf, copy: copyFromPage, rest: async () => undefined };
}
