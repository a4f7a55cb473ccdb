import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { Actions } from '../../views/client.ts';
import { FilePicker } from '../file-picker.tsx';
import { Icon } from '../icons.tsx';
import type { RowShare } from './row-actions.tsx';

interface AddToProps {
  share: RowShare;
  label: string;
  actions: Actions;
}

/** Goes on with "Add files" where the popup cannot open the browser's picker. */
export function AddTo({ share, label, actions }: AddToProps) {
  const picker = useRef<HTMLInputElement>(null);
  const done = useSignal(false);
  if (done.value) return null;
  return (
    <div class="banner add-to">
      <Icon name="plus" />
      <p>{t('addFilesTo', label)}</p>
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
