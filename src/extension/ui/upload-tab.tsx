import { useRef } from 'preact/hooks';
import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { FilePicker } from './file-picker.tsx';
import { Icon } from './icons.tsx';
import { Page } from './page.tsx';

/** The whole window takes files; the frame in it says so. */
export function UploadTab({ view }: { view: View }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Page view={view}>
      <div class="target">
        <Icon name="drop" size={40} />
        <h2 class="title">{t('dropTarget')}</h2>
        <p>{t('dropTargetHint')}</p>
        <button type="button" class="button main" onClick={() => picker.current?.click()}>
          <Icon name="plus" />
          {t('chooseFiles')}
        </button>
        <FilePicker input={picker} multiple onFiles={view.actions.share} />
      </div>
    </Page>
  );
}
