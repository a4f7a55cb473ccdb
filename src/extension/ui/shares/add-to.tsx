import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { labelOf } from '../../background/share-query.ts';
import type { ShareView } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import type { Actions } from '../../views/client.ts';
import { FilePicker } from '../file-picker.tsx';
import { Icon } from '../icons.tsx';

/** Goes on with "Add files" where the popup cannot open the browser's picker. */
export function AddTo({ share, actions }: { share: ShareView; actions: Actions }) {
  const picker = useRef<HTMLInputElement>(null);
  const done = useSignal(false);
  if (done.value) return null;
  return (
    <div class="banner add-to">
      <Icon name="plus" />
      <p>{t('addFilesTo', labelOf(share))}</p>
      <button type="button" class="button" onClick={() => picker.current?.click()}>
        {t('chooseFiles')}
      </button>
      <FilePicker
        input={picker}
        multiple
        onFiles={(files) => {
          actions.addTo(share, files);
          done.value = files.length > 0;
        }}
      />
    </div>
  );
}
