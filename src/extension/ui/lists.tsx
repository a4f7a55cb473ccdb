import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type ShareView, sharesOf } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { BatchRow } from './batch-row.tsx';
import { batchesOf } from './batches.ts';
import { Icon } from './icons.tsx';
import { useRovingRows } from './roving.ts';
import type { RowActions } from './shares/row-actions.tsx';
import { UndoRow } from './shares/undo-row.tsx';
import { Summary } from './summary.tsx';

interface ListsProps {
  view: View;
  does: RowActions;
  /** Draws the shares that are there. */
  children: (shares: readonly ShareView[]) => ComponentChildren;
}

/** Shares on their way, and the ones before them. */
export function Lists({ view, does, children }: ListsProps) {
  const state = view.state.value;
  if (!state) return null;
  const { actions } = view;
  const copied = view.copied.value?.url;
  const cancelled = state.removals.filter(({ kind }) => kind === 'batch');
  const deleted = state.removals.filter(({ kind }) => kind === 'share');
  // A share that has just been done can be deleted already.
  const leaving = new Set(deleted.flatMap(sharesOf));
  const batches = batchesOf(state.jobs, view.progress.value).filter(
    ({ sharename = '' }) => !leaving.has(sharename),
  );
  const ids = new Set<unknown>(batches.map(({ id }) => id));
  const email = state.account.profile?.email ?? '';
  const shown = new Set<unknown>([
    ...batches.map(({ sharename }) => sharename),
    ...cancelled.flatMap(sharesOf),
  ]);
  const recent = view.shares.list.value.shares.filter(({ sharename }) => !shown.has(sharename));
  const { text } = view.shares.wanted.value;
  const searching = text.trim() !== '';
  const nothing =
    !searching &&
    batches.length + recent.length + cancelled.length + deleted.length === 0 &&
    state.loaded;
  return (
    <>
      {batches.length + cancelled.length > 0 && (
        <section aria-labelledby="in-progress">
          <Summary batches={batches} progress={view.progress.value} actions={actions} />
          <Rows>
            {[...batches, undefined].flatMap((batch) => [
              ...cancelled
                .filter(({ before }) => (ids.has(before) ? before : undefined) === batch?.id)
                .map((removal) => (
                  <UndoRow key={removal.key} removal={removal} actions={actions} />
                )),
              batch && (
                <BatchRow
                  key={batch.id}
                  batch={batch}
                  copied={copied}
                  email={email}
                  service={state.account.service}
                  actions={actions}
                  does={does}
                />
              ),
            ])}
          </Rows>
        </section>
      )}
      {nothing && <Nothing />}
      {!state.loaded && state.reachable && state.account.status === 'signed-in' && <Loading />}
      {(recent.length > 0 || deleted.length > 0 || searching) && children(recent)}
    </>
  );
}

function Rows({ children }: { children: ComponentChildren }) {
  const list = useRef<HTMLUListElement>(null);
  useRovingRows(list);
  return (
    <ul class="rows" ref={list}>
      {children}
    </ul>
  );
}

function Nothing() {
  return (
    <div class="nothing">
      <Icon name="picture" size={36} />
      <h2 class="title">{t('emptyHeading')}</h2>
      <p>{t('emptyText')}</p>
    </div>
  );
}

/** Only on the very first opening; afterwards the last known list is there at once. */
function Loading() {
  return (
    <ul class="rows" aria-busy="true" aria-label={t('loading')}>
      {[0, 1, 2].map((i) => (
        <li class="row skeleton" key={i}>
          <span class="thumbnail" />
          <span class="row-main" />
        </li>
      ))}
    </ul>
  );
}
