import type { BackgroundCalls, HostCalls } from '../../src/extension/background/calls.ts';
import { PROGRESS_CHANNEL, type ProgressNews } from '../../src/extension/background/calls.ts';
import { previewOf } from '../../src/extension/capture/preview.ts';
import { createUploadHost } from '../../src/extension/jobs/host.ts';
import { createByteStore } from '../../src/extension/jobs/store.ts';
import { openBroadcast } from '../../src/extension/platform/broadcast.ts';
import { copyFromHiddenDocument } from '../../src/extension/platform/clipboard.ts';
import { caller, serve } from '../../src/extension/platform/messages.ts';
import { uploadFile } from '../../src/sdk/index.ts';

const background = caller<BackgroundCalls>('background');
const news = openBroadcast<ProgressNews>(PROGRESS_CHANNEL);

const uploads = createUploadHost({
  bytes: createByteStore(),
  upload: uploadFile,
  report: (id, event) => background('job.report', { id, event }),
  progress: (progress) => news.send(progress),
});

news.listen((message) => {
  if (message === 'ask') uploads.repeatProgress();
});

serve<HostCalls>('host', {
  hold: ({ id, bytes }) => uploads.hold(id, bytes),
  drop: ({ id }) => uploads.drop(id),
  send: ({ id, target }) => uploads.send(id, target),
  stop: ({ id }) => uploads.stop(id),
  status: () => uploads.status(),
  preview: async ({ bytes }) => (await previewOf(bytes)) ?? null,
  copy: async ({ text }) => copyFromHiddenDocument(text),
});
