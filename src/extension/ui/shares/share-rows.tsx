import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { type ShareView, sharesOf } from '../../background/view-state.ts';
import type { View } from '../../views/client.ts';
import { useRovingRows } from '../roving.ts';
import type { RowActions } from './row-actions.tsx';
import { ShareRow } from './share-row.tsx';
import { UndoRow } from './undo-row.tsx';
import type { RowWindow } from './window-of-rows.ts';

interface ShareRowsProps {
  view: View;
  shares: readonly ShareView[];
  does: RowActions;
  select?: (share: ShareView) => ComponentChildren;
  /** The part of a very long list that is drawn. */
  part?: RowWindow;
  list?: RefObject<HTMLUListElement | null>;
}

/** Rows of shares. What was deleted a moment ago has the way back in its place. */
export function ShareRows({ view, shares, does, select, part, list: given }: ShareRowsProps) {
  const own = useRef<HTMLUListElement>(null);
  const list = given ?? own;
  useRovingRows(list);
  const state = view.state.value;
  const { actions } = view;
  const problems = new Map(state?.refused.map(({ sharename, problem }) => [sharename, problem]));
  const removals = state?.removals.filter(({ kind }) => kind === 'share') ?? [];
  const present = new Set(shares.map(({ sharename }) => sharename));
  const removed = new Set(removals.flatMap(sharesOf));
  /** Each is shown once: at its first share, or on top when none of its shares is in the list. */
  const placeOf = (removal: (typeof removals)[number]) =>
    sharesOf(removal).find((sharename) => present.has(sharename));
  const undoAt = new Map(removals.map((removal) => [placeOf(removal), removal]));
  const { from = 0, to = shares.length, before = 0, after = 0 } = part ?? {};
  const above = removals.filter((removal) => placeOf(removal) === undefined);
  return (
    <ul
      class="rows"
      ref={list}
      style={{ paddingBlockStart: `${before}px`, paddingBlockEnd: `${after}px` }}
    >
      {above.map((removal) => (
        <UndoRow key={removal.key} removal={removal} actions={actions} />
      ))}
      {shares.slice(from, to).map((share, i) => {
        const { sharename } = share;
        const removal = undoAt.get(sharename);
        if (removal) return <UndoRow key={removal.key} removal={removal} actions={actions} />;
        if (removed.has(sharename)) return null;
        return (
          <ShareRow
            key={sharename}
            share={share}
            problem={problems.get(sharename)}
            copied={view.copied.value?.url}
            service={state?.account.service ?? 'gett'}
            actions={actions}
            does={does}
            selection={select?.(share)}
            {...(part && { position: [from + i + 1, shares.length] as const })}
          />
        );
      })}
    </ul>
  );
}
