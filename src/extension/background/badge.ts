import { isActive, type Job, needsUser } from '../jobs/job.ts';
import { showBadge } from '../platform/action.ts';
import { plural, t } from '../platform/i18n.ts';

/** Number of files in progress; `!` when something needs the user; empty otherwise. */
export function updateBadge(jobs: readonly Job[]): Promise<void> {
  const active = jobs.filter(isActive).length;
  const stuck = jobs.filter(needsUser).length;
  if (stuck > 0) return showBadge('!', plural('titleNeedsYou', stuck));
  if (active === 0) return showBadge('', t('extensionShortName'));
  return showBadge(String(active), plural('titleUploading', active));
}
