import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { Section } from './choice.tsx';
import { useSaved } from './saved.ts';

export function HelpSection({ view, tools }: { view: View; tools: OptionsTools }) {
  const announce = useSaved();
  return (
    <Section id="help" title={t('optionsHelp')}>
      <p>{t('version', tools.version)}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => tools.openWelcome()}>
          {t('showWelcome')}
        </button>
        <button
          type="button"
          class="button"
          aria-describedby="diagnostics-hint"
          onClick={() =>
            void tools.copyDiagnostics(view).then(
              () => announce(t('diagnosticsCopied')),
              () => announce(t('notCopied')),
            )
          }
        >
          {t('copyDiagnostics')}
        </button>
      </div>
      <p class="muted" id="diagnostics-hint">
        {t('diagnosticsHint')}
      </p>
      <details
        class="files"
        onToggle={({ currentTarget }) => {
          if (currentTarget.open) void tools.loadLicences();
        }}
      >
        <summary>{t('licences')}</summary>
        <ul class="plain-list">
          {tools.licences.value.map(({ name, version, licence, text }) => (
            <li key={name}>
              <details class="files">
                <summary>
                  {name} {version} · {licence}
                </summary>
                <pre class="licence" lang="en" dir="ltr">
                  {text}
                </pre>
              </details>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
