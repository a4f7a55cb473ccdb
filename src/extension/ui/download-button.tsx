import { useSignal } from '@preact/signals';
import type { ShareProblem } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { Icon } from './icons.tsx';
import { shareProblemText } from './share-texts.ts';

interface DownloadButtonProps {
  label: string;
  sharename: string;
  actions: Actions;
}

/** Where a service gives no links: the file is fetched here, and verified. */
export function DownloadButton({ label, sharename, actions }: DownloadButtonProps) {
  const state = useSignal<'idle' | 'busy' | 'done' | ShareProblem>('idle');
  const download = async () => {
    state.value = 'busy';
    const problem = await actions.download(sharename, label).catch(() => 'server' as const);
    state.value = problem ?? 'done';
  };
  const { value } = state;
  const problem = value === 'idle' || value === 'busy' || value === 'done' ? undefined : value;
  return (
    <>
      <button
        type="button"
        class={`button copy download${value === 'done' ? ' copied' : ''}`}
        disabled={value === 'busy'}
        aria-label={t('downloadFile', label)}
        onClick={() => void download()}
      >
        {value === 'done' && <Icon name="check" size={16} />}
        {t(value === 'busy' ? 'downloading' : value === 'done' ? 'verified' : 'download')}
      </button>
      <span class="hidden" role="status">
        {value === 'done' && t('downloadVerified', label)}
      </span>
      {problem && (
        <p class="problem row-problem" role="alert">
          <Icon name="warning" size={16} />
          {shareProblemText(problem)}
        </p>
      )}
    </>
  );
}
