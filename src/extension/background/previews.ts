import { isUnfinished, type Job, type JobId, linkOf } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import type { DocumentHost } from './document-host.ts';
import type { Listing } from './listing.ts';

export interface PreviewsParts {
  store: JobStore;
  host: Pick<DocumentHost, 'preview' | 'rest'>;
  listing: Pick<Listing, 'picture'>;
}

/** Small pictures of files, which no upload waits for. */
export interface Previews {
  /** Makes one and keeps it with the job, and with its share. */
  add: (id: JobId, file: Blob) => Promise<void>;
  /** The job is over and goes: a picture that comes later is that of its share alone. */
  leaving: (job: Job) => void;
}

export function createPreviews({ store, host, listing }: PreviewsParts): Previews {
  /** What is being made, with the name of the share once nothing else is left. */
  const making = new Map<JobId, string | undefined>();

  const shareOf = ({ state, private: secret }: Job) =>
    secret ? undefined : linkOf(state)?.sharename;

  async function keep(id: JobId, thumbnail: string) {
    const job = store.get(id);
    if (job) await store.describe(id, { thumbnail });
    const sharename = job ? shareOf(job) : making.get(id);
    if (sharename) await listing.picture(sharename, thumbnail);
  }

  return {
    async add(id, file) {
      if (!/^(image|video)\//.test(file.type)) return;
      making.set(id, undefined);
      try {
        const thumbnail = await host.preview(file);
        if (thumbnail !== undefined) await keep(id, thumbnail);
      } finally {
        making.delete(id);
        // The document could not go as long as it was drawing.
        if (!store.all().some(isUnfinished)) await host.rest();
      }
    },
    leaving(job) {
      if (job.state.name === 'done' && making.has(job.id)) making.set(job.id, shareOf(job));
    },
  };
}
