import { useEffect, useRef } from 'preact/hooks';
import { givenByPicker } from '../capture/given.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { FilePicker } from './file-picker.tsx';
import { GivingLines, useGiving } from './giving.tsx';
import { Icon } from './icons.tsx';
import { Page } from './page.tsx';
import { ScreenshotButton } from './screenshot-button.tsx';

interface PopupProps {
  view: View;
  /** Firefox closes the popup under a file picker, so files are chosen in a tab there. */
  choosesInTab: boolean;
  /** At the side of the window it stays open. */
  place?: 'popup' | 'panel';
}

export function Popup({ view, choosesInTab, place = 'popup' }: PopupProps) {
  const picker = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const { actions } = view;
  const giving = useGiving(actions, view.settings.current.value.grouping === 'each');
  // Chromium shows no page of an extension as a tab of a private window.
  const tabLabel =
    view.state.value?.private && !choosesInTab ? 'privateUploadTab' : 'openUploadTab';
  const signedIn = view.state.value?.account.status === 'signed-in';
  useEffect(() => {
    if (signedIn) choose.current?.focus();
  }, [signedIn]);
  return (
    <Page view={view} giving={giving}>
      <div class="actions">
        <button
          type="button"
          ref={choose}
          class="button main"
          onClick={() => (choosesInTab ? actions.openUploadTab() : picker.current?.click())}
        >
          <Icon name="plus" />
          {t('chooseFiles')}
        </button>
        <ScreenshotButton
          take={async (shape) => {
            await actions.screenshot(shape);
            // The page needs the keyboard now.
            if (shape === 'area' && place === 'popup') close();
          }}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={t(tabLabel)}
          title={t(tabLabel)}
          onClick={() => actions.openUploadTab()}
        >
          <Icon name="expand" />
        </button>
        {!choosesInTab && (
          <FilePicker
            input={picker}
            multiple
            onFiles={(files) => giving.take(givenByPicker(files))}
          />
        )}
      </div>
      <GivingLines giving={giving} />
    </Page>
  );
}
