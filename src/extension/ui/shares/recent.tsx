import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ShareView } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import { firstFrame } from '../../views/first-frame.ts';
import { Icon } from '../icons.tsx';
import { useKey } from '../keys.ts';
import { More } from './more.tsx';
import type { RowActions } from './row-actions.tsx';
import { SearchField, SearchState } from './search-field.tsx';
import { ShareRows } from './share-rows.tsx';

/** As many as a popup has room for, however close together they stand. */
const FIRST_FRAME = 12;

interface RecentProps {
  view: View;
  /** Those that are not shown as being on their way. */
  shares: readonly ShareView[];
  does: RowActions;
}

/** The list of the popup. */
export function Recent({ view, shares, does }: RecentProps) {
  const { ask } = view.shares;
  /** How often it was asked for: each time the field takes the focus anew. 0 while it is away. */
  const searching = useSignal(0);
  const painted = useSignal(false);
  useEffect(() => void firstFrame().then(() => (painted.value = true)), []);
  const open = () => {
    searching.value += 1;
  };
  useKey(['/', 'Ctrl+F'], open);
  return (
    <section aria-labelledby="recent">
      <div class="section-head">
        <h2 id="recent" tabIndex={-1}>
          {t('recent')}
        </h2>
        {!searching.value && (
          <button
            type="button"
            class="icon-button"
            aria-label={t('search')}
            title={t('search')}
            onClick={open}
          >
            <Icon name="search" size={18} />
          </button>
        )}
      </div>
      {searching.value > 0 && (
        <SearchField
          key={searching.value}
          shares={view.shares}
          close={() => {
            ask({ text: '' });
            searching.value = 0;
            document.querySelector<HTMLElement>('#recent')?.focus();
          }}
        />
      )}
      <SearchState shares={view.shares} />
      <ShareRows
        view={view}
        shares={painted.value ? shares : shares.slice(0, FIRST_FRAME)}
        does={does}
      />
      {painted.value && <More shares={view.shares} />}
    </section>
  );
}
