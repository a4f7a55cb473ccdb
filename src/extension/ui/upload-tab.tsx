import { useEffect, useRef } from 'preact/hooks';
import { givenByPicker } from '../capture/given.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { FilePicker } from './file-picker.tsx';
import { GivingLines, useGiving } from './giving.tsx';
import { Icon } from './icons.tsx';
import { Page } from './page.tsx';

const GROUPINGS = [
  { grouping: 'together', label: 'oneShareForAll' },
  { grouping: 'each', label: 'oneShareEach' },
] as const;

/** The whole window takes files; the frame in it says so. */
export function UploadTab({ view, part }: { view: View; part: string }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const { grouping } = view.settings.current.value;
  const giving = useGiving(view.actions, grouping === 'each');
  const signedIn = view.state.value?.account.status === 'signed-in';
  useEffect(() => {
    if (!signedIn) return;
    if (part === 'choose') choose.current?.focus();
    if (part === 'recent') document.querySelector('#recent')?.scrollIntoView();
  }, [signedIn, part]);
  return (
    <Page view={view} giving={giving}>
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
  );
}
