import type { Owner } from '../account/account.ts';
import { shareOf } from '../jobs/announcer.ts';
import { eventOf } from '../jobs/failures.ts';
import type { Job, JobFacts } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import type { ShareService } from '../services/share-service.ts';
import { shareProblem } from './listing.ts';
import type { ShareProblem } from './view-state.ts';

export interface TitlesOptions {
  store: JobStore;
  /** `undefined` while that account is not signed in. */
  service: (owner: Owner) => Pick<ShareService, 'rename'> | undefined;
  /** Whose account takes files that belong to nobody yet. */
  owner: () => Owner | undefined;
}

/** What shares are called that are on their way. */
export interface Titles {
  /** Shows the new title at once, and the old one again when it is refused. */
  rename: (batch: string, title: string | undefined) => Promise<ShareProblem | undefined>;
  /** Tells the service a title that was given while it was making the share. */
  settle: (batch: string) => Promise<void>;
}

export function createTitles({ store, service, owner }: TitlesOptions): Titles {
  const inBatch = (id: string) => store.all().filter(({ batch }) => batch === id);
  const note = (jobs: readonly Job[], facts: JobFacts) =>
    store.change(jobs.map(({ id }) => ({ id, facts })));

  async function tell(jobs: readonly Job[], sharename: string, title: string | undefined) {
    const whose = jobs[0]?.owner ?? owner();
    const gett = whose && service(whose);
    if (!gett) return 'sign-in';
    if (!gett.rename) return 'refused';
    try {
      await gett.rename(sharename, title);
      return undefined;
    } catch (error) {
      return shareProblem(eventOf(error));
    }
  }

  return {
    async rename(batch, title) {
      const jobs = inBatch(batch);
      const [first] = jobs;
      if (!first) return 'gone';
      const share = shareOf(jobs);
      if (!share) {
        // The service may be making the share under the title that it was told.
        const asked = jobs.some((job) => job.asked !== undefined);
        await note(jobs, asked ? { retitle: title ?? '' } : { title });
        return undefined;
      }
      const { title: before, retitle } = first;
      await note(jobs, { title, retitle: undefined });
      const problem = await tell(jobs, share.sharename, title);
      if (problem) await note(inBatch(batch), { title: before, retitle });
      return problem;
    },
    async settle(batch) {
      const jobs = inBatch(batch);
      const retitle = jobs.find((job) => job.retitle !== undefined)?.retitle;
      const share = shareOf(jobs);
      if (retitle === undefined || !share) return;
      const title = retitle === '' ? undefined : retitle;
      const problem = await tell(jobs, share.sharename, title);
      if (!problem) await note(inBatch(batch), { title, retitle: undefined });
    },
  };
}
