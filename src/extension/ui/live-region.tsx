import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';

/** Says to screen readers what sighted people see change: politely, problems at once. */
export function LiveRegion({ view, problem }: { view: View; problem: string }) {
  const news = useSignal('');
  const finished = useRef<ReadonlySet<string>>(undefined);
  const copied = view.copied.value?.at;
  const jobs = view.state.value?.jobs;

  useEffect(() => {
    if (copied !== undefined) news.value = t('linkCopied');
  }, [copied]);
  useEffect(() => {
    if (!jobs) return;
    const done = jobs.filter(({ state }) => state === 'done');
    const before = finished.current;
    finished.current = new Set(done.map(({ id }) => id));
    // What was done before this page opened is no news.
    const latest = before && done.find(({ id }) => !before.has(id));
    if (latest) news.value = t('fileShared', latest.name);
  }, [jobs]);

  return (
    <>
      <p class="hidden" role="status">
        {news.value}
      </p>
      <p class={problem ? 'alert' : 'hidden'} role="alert">
        {problem}
      </p>
    </>
  );
}
