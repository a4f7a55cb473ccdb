import { t } from '../../platform/i18n.ts';
import type { OptionsTools } from '../../views/options.ts';
import { Section } from './choice.tsx';

export function ShortcutsSection({ tools }: { tools: OptionsTools }) {
  const { shortcuts, shortcutsPage } = tools;
  return (
    <Section id="shortcuts" title={t('optionsShortcuts')}>
      <dl class="facts">
        {shortcuts.value.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{description}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="muted">{t('shortcutNone')}</span>}</dd>
          </div>
        ))}
      </dl>
      {shortcutsPage ? (
        <button type="button" class="button" onClick={() => tools.openShortcutsPage()}>
          {t('shortcutsChange')}
        </button>
      ) : (
        <p class="muted">{t('shortcutsHow')}</p>
      )}
    </Section>
  );
}
