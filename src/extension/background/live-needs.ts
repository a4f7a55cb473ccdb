import type { Owner } from '../account/account.ts';
import { type Job, type JobState, waitsForService } from '../jobs/job.ts';
import type { LiveNeed } from '../jobs/live.ts';
import type { ShareService } from '../services/share-service.ts';

export interface LiveNeedsOptions {
  /** Of an account, if it is signed in. */
  service: (owner: Owner) => ShareService | undefined;
  listen: (needs: LiveNeed[]) => Promise<void>;
}

export interface LiveNeeds {
  /**
   * Has connections held for what can be served now, and no others.
   * @param options `anew`: says it again, in case a connection has ended for good
   */
  update: (jobs: readonly Job[], options?: { anew: boolean }) => Promise<void>;
}

export function createLiveNeeds({ service, listen }: LiveNeedsOptions): LiveNeeds {
  let told = '[]';
  return {
    async update(jobs, { anew } = { anew: false }) {
      const needs = new Map<string, LiveNeed>();
      for (const { owner, session, state } of jobs) {
        if (!owner || session === undefined || !isServable(state)) continue;
        const { live } = service(owner) ?? {};
        if (live) needs.set(session, { owner, baseUrl: live.baseUrl, session });
      }
      const telling = JSON.stringify([...needs.values()]);
      if (telling === told && !(anew && needs.size > 0)) return;
      told = telling;
      await listen([...needs.values()]);
    },
  };
}

/** Whether somebody who asks for the file now could be given it: about to be announced, or later. */
function isServable(state: JobState): boolean {
  switch (state.name) {
    case 'captured':
    case 'announced':
    case 'sending':
    case 'finishing':
      return true;
    case 'waiting':
    case 'paused':
    case 'capturing':
    case 'done':
    case 'failed':
    case 'cancelled':
    default:
      return waitsForService(state);
  }
}
