import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { labelOf } from '../../background/share-query.ts';
import type { ShareView } from '../../background/view-state.ts';
import { plural, t } from '../../platform/i18n.ts';
import type { Actions } from '../../views/client.ts';

export interface Selection {
  /** In the order of the list. */
  chosen: readonly ShareView[];
  /** The row's box. */
  box: (share: ShareView) => ComponentChildren;
  all: boolean;
  setAll: (chosen: boolean) => void;
}

/** Which of the shares that are listed are chosen; none when it begins. */
export function useSelection(shares: readonly ShareView[], active: boolean): Selection {
  const names = useSignal<ReadonlySet<string>>(new Set());
  useEffect(() => {
    names.value = new Set();
  }, [active]);
  const chosen = shares.filter(({ sharename }) => names.value.has(sharename));
  return {
    chosen,
    all: chosen.length > 0 && chosen.length === shares.length,
    setAll(on) {
      names.value = new Set(on ? shares.map(({ sharename }) => sharename) : []);
    },
    box: (share) => (
      <label class="select-target">
        <input
          type="checkbox"
          class="select-box"
          aria-label={t('selectShare', labelOf(share))}
          checked={names.value.has(share.sharename)}
          onChange={({ currentTarget }) => {
            const next = new Set(names.value);
            if (currentTarget.checked) next.add(share.sharename);
            else next.delete(share.sharename);
            names.value = next;
          }}
        />
      </label>
    ),
  };
}

interface SelectionBarProps {
  selection: Selection;
  actions: Actions;
  done: () => void;
}

/** What is done with all that are chosen. */
export function SelectionBar({ selection, actions, done }: SelectionBarProps) {
  const { chosen, all, setAll } = selection;
  const none = chosen.length === 0;
  return (
    <div class="selection" role="group" aria-label={t('selection')}>
      <label>
        <input
          type="checkbox"
          class="select-box"
          aria-label={t('selectAll')}
          checked={all}
          onChange={({ currentTarget }) => setAll(currentTarget.checked)}
        />
        <span role="status">{none ? t('selectAll') : plural('selected', chosen.length)}</span>
      </label>
      <button
        type="button"
        class="button"
        disabled={none}
        onClick={() =>
          actions.copy(
            chosen.flatMap((share) =>
              share.url === undefined ? [] : [{ title: labelOf(share), url: share.url }],
            ),
            'list',
          )
        }
      >
        {t('copyList')}
      </button>
      <button
        type="button"
        class="button danger"
        disabled={none}
        onClick={() => {
          const [only] = chosen;
          actions.remove(
            chosen.map(({ sharename }) => sharename),
            chosen.length === 1 && only ? labelOf(only) : plural('shareCount', chosen.length),
          );
          done();
        }}
      >
        {t('delete')}
      </button>
      <button type="button" class="button" onClick={done}>
        {t('done')}
      </button>
    </div>
  );
}
