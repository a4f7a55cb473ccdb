import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { givenByPicker } from '../capture/given.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { useClosingQuestion } from './closing-question.ts';
import { FilePicker } from './file-picker.tsx';
import { GivingLines, useGiving } from './giving.tsx';
import { Icon } from './icons.tsx';
import { useKey } from './keys.ts';
import { Page } from './page.tsx';
import { AddTo } from './shares/add-to.tsx';
import { useRowActions } from './shares/row-actions.tsx';
import { SharesTab } from './shares/shares-tab.tsx';
import { useTabTitle } from './tab-title.ts';

interface UploadTabProps {
  view: View;
  /**
   * What the tab was opened for, written as a query: `choose`, `recent`, `free`, `row=BATCH`,
   * `share=LABEL`, or `add=NAME` with `url` and `label`.
   */
  part: string;
}

const GROUPINGS = [
  { grouping: 'together', label: 'groupingTogether' },
  { grouping: 'each', label: 'groupingEach' },
] as const;

/** The whole window takes files; the frame in it says so. */
export function UploadTab({ view, part }: UploadTabProps) {
  useTabTitle(`${t('commandChooseFiles')} – ${t('extensionShortName')}`);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const { actions, settings, shares } = view;
  const { grouping } = settings.current.value;
  const giving = useGiving(actions, grouping === 'each');
  const { does, parts } = useRowActions(actions, 'tab');
  const freeing = useSignal(part === 'free');
  const signedIn = view.state.value?.account.status === 'signed-in';
  const meant = useMemo(() => Object.fromEntries(new URLSearchParams(part)), [part]);
  useKey(['Ctrl+O'], () => files.current?.click());
  useEffect(() => {
    if (!signedIn) return;
    if (part === 'choose') choose.current?.focus();
    if (part === 'recent') document.querySelector('#recent')?.scrollIntoView();
  }, [signedIn, part]);
  useClosingQuestion(view.state.value);
  useStandstill(view, meant['row']);
  useEffect(() => {
    if (meant['share']) shares.ask({ text: meant['share'] });
  }, [meant]);
  return (
    <>
      <Page
        view={view}
        giving={giving}
        does={does}
        freeUp={() => (freeing.value = true)}
        list={(listed) => (
          <SharesTab
            key={String(freeing.value)}
            view={view}
            shares={listed}
            does={does}
            freeUp={freeing.value}
          />
        )}
      >
        {meant['add'] && meant['url'] && (
          <AddTo
            share={{ sharename: meant['add'], url: meant['url'] }}
            label={meant['label'] ?? meant['add']}
            actions={actions}
          />
        )}
        <div class="target">
          <Icon name="drop" size={40} />
          <h2 class="title">{t('dropTarget')}</h2>
          <p>{t('dropTargetHint')}</p>
          <div class="target-buttons">
            <button
              type="button"
              ref={choose}
              class="button main"
              onClick={() => files.current?.click()}
            >
              <Icon name="plus" />
              {t('chooseFiles')}
            </button>
            <button type="button" class="button tall" onClick={() => folder.current?.click()}>
              {t('chooseFolder')}
            </button>
          </div>
          <fieldset class="grouping">
            <legend class="hidden">{t('grouping')}</legend>
            {GROUPINGS.map(({ grouping: value, label }) => (
              <label key={value}>
                <input
                  type="radio"
                  name="grouping"
                  checked={grouping === value}
                  onChange={() => void view.settings.change({ grouping: value })}
                />
                {t(label)}
              </label>
            ))}
          </fieldset>
          <FilePicker
            input={files}
            multiple
            onFiles={(chosen) => giving.take(givenByPicker(chosen))}
          />
          <FilePicker
            input={folder}
            folder
            onFiles={(chosen) => giving.take(givenByPicker(chosen))}
          />
        </div>
        <GivingLines giving={giving} />
      </Page>
      {parts}
    </>
  );
}

/** Shows what the user is needed for, once: the tab may be older than what it was opened for. */
function useStandstill(view: View, batch: string | undefined) {
  const shown = useRef(false);
  const there = view.state.value?.jobs.some(
    (job) => job.batch === batch && (job.state === 'waiting' || job.state === 'failed'),
  );
  useEffect(() => {
    if (!there || shown.current || batch === undefined) return;
    shown.current = true;
    const row = document.querySelector(`[data-batch="${CSS.escape(batch)}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector<HTMLElement>('.standstill .button')?.focus();
  }, [there]);
}
