import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { inTurn } from '../../common/in-turn.ts';
import type { JobView } from '../background/view-state.ts';
import { isRetry } from '../jobs/job.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';

/** Between two reports of progress, in milliseconds. */
const SELDOM = 10_000;

const news = signal({ text: '', turn: 0 });

/** Says it politely to screen readers, after what is to be said before. */
export const say: (text: string) => void = inTurn((text) => {
  news.value = { text, turn: news.value.turn + 1 };
});

/** Says to screen readers what sighted people see change: politely, problems at once. */
export function LiveRegion({ view }: { view: View }) {
  const problem = useSignal('');
  const stuck = useRef<ReadonlySet<string>>(undefined);
  const finished = useRef<ReadonlySet<string>>(undefined);
  const said = useRef(Number.NEGATIVE_INFINITY);
  const copied = view.copied.value?.at;
  const jobs = view.state.value?.jobs;

  useEffect(() => {
    if (copied !== undefined) say(t('linkCopied'));
  }, [copied]);
  useEffect(() => {
    if (!jobs) return;
    const done = jobs.filter(({ state }) => state === 'done');
    const before = finished.current;
    finished.current = new Set(done.map(({ id }) => id));
    // What was done before this page opened is no news.
    const latest = before ? done.filter(({ id }) => !before.has(id)) : [];
    for (const id of new Set(latest.map(({ batch }) => batch))) {
      const batch = jobs.filter((job) => job.batch === id);
      const ready = batch.filter(({ state }) => state === 'done').length;
      if (ready === batch.length) say(t('fileShared', batch[0]?.name ?? ''));
      else if (performance.now() - said.current >= SELDOM) {
        said.current = performance.now();
        say(t('filesDone', ready, batch.length));
      }
    }
  }, [jobs]);
  useEffect(() => {
    if (!jobs) return;
    const now = jobs.filter(standsStill);
    const before = stuck.current;
    stuck.current = new Set(now.map(({ id }) => id));
    const latest = before && now.find(({ id }) => !before.has(id));
    if (latest) problem.value = t('needsYou', latest.name);
    else if (now.length === 0) problem.value = '';
  }, [jobs]);

  return (
    <>
      <p class="hidden" role="status">
        {/* The same words once more are news as well: they come in a new element. */}
        <span key={news.value.turn}>{news.value.text}</span>
      </p>
      <p class="hidden" role="alert">
        {problem.value}
      </p>
    </>
  );
}

/** Until the user does something; what is tried again by itself is no alarm. */
function standsStill({ state, failure, reason }: JobView): boolean {
  if (failure) return true;
  if (state !== 'waiting' || !reason || reason.kind === 'offline') return false;
  return !isRetry(reason) || reason.retryAt === undefined;
}
