import { speedometer } from '../../sdk/index.ts';
import { previewOf } from '../capture/preview.ts';
import { createUploadHost } from '../jobs/host.ts';
import { createLiveKeeper } from '../jobs/live.ts';
import { createProofStore } from '../jobs/proof.ts';
import { createByteStore } from '../jobs/store.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { copyFromHiddenDocument } from '../platform/clipboard.ts';
import { caller } from '../platform/messages.ts';
import { isOnline, onNetworkChange } from '../platform/network.ts';
import { createServiceHost } from '../services/service-host.ts';
import { upload } from '../services/upload.ts';
import {
  type BackgroundCalls,
  type HostCalls,
  PROGRESS_CHANNEL,
  type ProgressNews,
} from './calls.ts';

/** Chromium: what the background asks of the offscreen document. */
export function openDocument(): HostCalls {
  const background = caller<BackgroundCalls>('background');
  const news = openBroadcast<ProgressNews>(PROGRESS_CHANNEL);
  const uploads = createUploadHost({
    bytes: createByteStore(),
    proofs: createProofStore(),
    upload,
    report: (id, event, figures) =>
      background('job.report', { id, event, ...(figures && { figures }) }),
    progress: (progress) => news.send(progress),
    speed: speedometer(),
  });
  const live = createLiveKeeper({
    accessToken: (owner) => background('live.token', { owner }),
    wanted: (file) => background('live.wanted', file),
  });
  news.listen((message) => {
    if (message === 'ask') uploads.repeatProgress();
  });
  onNetworkChange(() => void background('network.changed', { online: isOnline() }));
  const services = createServiceHost();
  return {
    hold: ({ id, bytes, again }) => uploads.hold(id, bytes, again),
    drop: ({ id }) => uploads.drop(id),
    accept: async ({ id }) => (await uploads.accept(id)) ?? null,
    send: ({ id, target, again }) => uploads.send(id, target, { again }),
    stop: async ({ id }) => (await uploads.stop(id)) ?? null,
    status: () => uploads.status(),
    preview: async ({ bytes }) => (await previewOf(bytes)) ?? null,
    copy: async ({ text }) => copyFromHiddenDocument(text),
    'service.signIn': services.signIn,
    'service.askConsent': services.askConsent,
    'service.signInByConsent': services.signInByConsent,
    'service.signOut': services.signOut,
    'service.profile': services.profile,
    'service.list': services.list,
    'service.remove': services.remove,
    'service.sharePath': services.sharePath,
    'service.download': services.download,
    listen: async ({ needs }) => live.listen(needs),
  };
}
