import { useRef } from 'preact/hooks';
import { givenByPicker } from '../capture/given.ts';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { FilePicker } from './file-picker.tsx';
import { GivingLines, useGiving } from './giving.tsx';
import { Icon } from './icons.tsx';
import { useKey } from './keys.ts';
import { useOpeningFocus } from './opening-focus.ts';
import { Page } from './page.tsx';
import { ScreenshotButton } from './screenshot-button.tsx';
import { Recent } from './shares/recent.tsx';
import { useRowActions } from './shares/row-actions.tsx';

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
  const apart = view.state.value?.private && !choosesInTab;
  const tabLabel = apart ? 'privateUploadTab' : 'openUploadTab';
  const { does, parts } = useRowActions(
    actions,
    choosesInTab ? 'popup-without-picker' : apart ? 'tab' : 'popup',
  );
  const signedIn = view.state.value?.account.status === 'signed-in';
  const chooseFiles = () => (choosesInTab ? actions.openUploadTab() : picker.current?.click());
  useKey(['Ctrl+O'], () => signedIn && chooseFiles());
  // The first problem, else what most people come for.
  useOpeningFocus(
    () =>
      document.querySelector<HTMLElement>('.banner:not(.offer) .button, .standstill .button') ??
      choose.current,
    signedIn,
  );
  return (
    <>
      <Page
        view={view}
        giving={giving}
        does={does}
        freeUp={() => actions.openUploadTab('free')}
        list={(shares) => <Recent view={view} shares={shares} does={does} />}
      >
        <div class="actions">
          <button type="button" ref={choose} class="button main" onClick={chooseFiles}>
            <Icon name="plus" />
            {t('chooseFiles')}
          </button>
          <div class="actions-more">
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
          </div>
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
      {parts}
    </>
  );
}
