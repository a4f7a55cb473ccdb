import { useSignal } from '@preact/signals';
import { t } from '../../platform/i18n.ts';
import type { OptionsTools } from '../../views/options.ts';
import type { SettingsView } from '../../views/settings.ts';
import { Choice, Section } from './choice.tsx';

interface NotificationsProps {
  settings: SettingsView;
  tools: OptionsTools;
}

export function NotificationsSection({ settings, tools }: NotificationsProps) {
  const refused = useSignal(false);
  return (
    <Section id="notifications" title={t('optionsNotifications')}>
      <Choice
        name="notifications"
        label={t('notificationsLabel')}
        texts={{
          done: 'notificationsDone',
          problems: 'notificationsProblems',
          none: 'notificationsNone',
        }}
        settings={settings}
        ask={async (value) => {
          const granted = value === 'none' || (await tools.allowNotifications());
          refused.value = !granted;
          return granted;
        }}
      />
      {refused.value && (
        <p class="problem" role="alert">
          {t('notificationsRefused')}
        </p>
      )}
    </Section>
  );
}
