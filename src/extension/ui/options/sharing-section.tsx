import { t } from '../../platform/i18n.ts';
import type { SettingsView } from '../../views/settings.ts';
import { Choice, Section, Switch } from './choice.tsx';

export function SharingSection({ settings }: { settings: SettingsView }) {
  return (
    <Section id="sharing" title={t('optionsSharing')}>
      <Switch
        name="copyByItself"
        label={t('copyByItself')}
        hint={t('copyByItselfHint')}
        settings={settings}
      />
      <Choice
        name="copyFormat"
        label={t('copyFormat')}
        texts={{
          link: 'copyFormatLink',
          markdown: 'copyFormatMarkdown',
          html: 'copyFormatHtml',
          bbcode: 'copyFormatBbcode',
        }}
        settings={settings}
      />
      <Choice
        name="grouping"
        label={t('grouping')}
        texts={{ together: 'groupingTogether', each: 'groupingEach' }}
        settings={settings}
      />
      <Choice
        name="screenshotType"
        label={t('screenshotType')}
        texts={{ png: 'screenshotPng', jpeg: 'screenshotJpeg', webp: 'screenshotWebp' }}
        settings={settings}
      />
    </Section>
  );
}
