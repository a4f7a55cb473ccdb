import { useSignal } from '@preact/signals';
import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import { useSetting } from './choice.tsx';

/** The browser asks in the very click; a refusal takes the tick away again, and copying by a click works on. */
export function Copying({ view, hint }: { view: View; hint?: string }) {
  const change = useSetting(view.settings);
  const refused = useSignal(false);
  const wanted = view.settings.current.value.copyByItself;
  return (
    <div class="switch">
      <label class="check">
        <input
          type="checkbox"
          checked={wanted && view.state.value?.mayCopy === true}
          aria-describedby={hint === undefined ? undefined : 'copying-hint'}
          onChange={({ currentTarget: box }) => {
            refused.value = false;
            if (!box.checked) {
              void change({ copyByItself: false });
              return;
            }
            void view.actions.allowCopying().then((granted) => {
              refused.value = !granted;
              box.checked = granted;
              return granted ? change({ copyByItself: true }) : undefined;
            });
          }}
        />
        {t('copyByItself')}
      </label>
      {hint !== undefined && (
        <p class="muted" id="copying-hint">
          {hint}
        </p>
      )}
      {refused.value && (
        <p class="problem" role="alert">
          {t('copyRefused')}
        </p>
      )}
    </div>
  );
}
