import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import { Choice, Section } from './choice.tsx';
import { Copying } from './copying.tsx';

export function SharingSection({ view }: { view: View }) {
  const { settings } = view;
  return (
    <Section id="sharing" title={t('optionsSharing')}>
      <Copying view={view} hint={t('copyByItselfHint')} />
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
