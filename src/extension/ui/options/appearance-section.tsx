import { t } from '../../platform/i18n.ts';
import type { SettingsView } from '../../views/settings.ts';
import { Choice, Section, Switch } from './choice.tsx';

export function AppearanceSection({ settings }: { settings: SettingsView }) {
  return (
    <Section id="appearance" title={t('optionsAppearance')}>
      <Choice
        name="appearance"
        label={t('colours')}
        texts={{ system: 'coloursSystem', light: 'coloursLight', dark: 'coloursDark' }}
        settings={settings}
      />
      <Switch
        name="compactList"
        label={t('compactList')}
        hint={t('compactListHint')}
        settings={settings}
      />
      <p class="muted">{t('languageHint')}</p>
    </Section>
  );
}
