import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { SHARE_ORDERS, type ShareOrder } from '../../background/share-query.ts';
import type { ShareView } from '../../background/view-state.ts';
import { type MessageKey, t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import { useKey } from '../keys.ts';
import { More } from './more.tsx';
import type { RowActions } from './row-actions.tsx';
import { SearchField, SearchState } from './search-field.tsx';
import { SelectionBar, useSelection } from './selection.tsx';
import { ShareRows } from './share-rows.tsx';
import { MANY, useRowWindow } from './window-of-rows.ts';

const ORDERS: Record<ShareOrder, MessageKey> = {
  newest: 'orderNewest',
  oldest: 'orderOldest',
  size: 'orderSize',
  name: 'orderName',
};

interface SharesTabProps {
  view: View;
  shares: readonly ShareView[];
  does: RowActions;
  /** Opened to free up space: the largest first, ready to be selected. */
  freeUp: boolean;
}

/** The list of the upload tab: search, order, and several at once. */
export function SharesTab({ view, shares, does, freeUp }: SharesTabProps) {
  const { ask, wanted } = view.shares;
  const section = useRef<HTMLElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const part = useRowWindow(list, shares.length);
  const selecting = useSignal(freeUp);
  const selection = useSelection(shares, selecting.value);
  useKey(['/', 'Ctrl+F'], () =>
    section.current?.querySelector<HTMLElement>('input[type=search]')?.focus(),
  );
  useEffect(() => {
    if (!freeUp) return;
    ask({ sort: 'size' });
    section.current?.scrollIntoView();
  }, []);
  return (
    <section aria-labelledby="recent" class="shares-tab" ref={section}>
      <div class="section-head">
        <h2 class="title" id="recent" tabIndex={-1}>
          {t('shares')}
        </h2>
        <SearchField shares={view.shares} />
        <label class="order">
          <span class="hidden">{t('order')}</span>
          <select
            value={wanted.value.sort}
            onChange={({ currentTarget }) => {
              const sort = SHARE_ORDERS.find((order) => order === currentTarget.value);
              if (sort) ask({ sort });
            }}
          >
            {SHARE_ORDERS.map((order) => (
              <option key={order} value={order}>
                {t(ORDERS[order])}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="button"
          aria-pressed={selecting.value}
          onClick={() => {
            selecting.value = !selecting.value;
          }}
        >
          {t('select')}
        </button>
      </div>
      {selecting.value && (
        <SelectionBar
          selection={selection}
          actions={view.actions}
          done={() => {
            selecting.value = false;
          }}
        />
      )}
      <SearchState shares={view.shares} />
      <ShareRows
        view={view}
        shares={shares}
        does={does}
        list={list}
        {...(shares.length > MANY && { part })}
        {...(selecting.value && { select: selection.box })}
      />
      <More shares={view.shares} />
    </section>
  );
}
