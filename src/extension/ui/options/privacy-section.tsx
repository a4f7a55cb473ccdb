import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { Section } from './choice.tsx';
import { useSaved } from './saved.ts';

export function PrivacySection({ view, tools }: { view: View; tools: OptionsTools }) {
  const announce = useSaved();
  return (
    <Section id="privacy" title={t('optionsPrivacy')}>
      <p>{t('privacyLeaves')}</p>
      <p class="muted">{t('privacyPrivateWindows')}</p>
      <div class="option">
        <div>
          <h4>{t('clearHistory')}</h4>
          <p class="muted">{t('clearHistoryHint')}</p>
        </div>
        <button
          type="button"
          class="button"
          onClick={() => void view.actions.clearHistory().then(() => announce(t('historyCleared')))}
        >
          {t('clearHistoryButton')}
        </button>
      </div>
      <div>
        <h4 id="sites">{t('sitesHeading')}</h4>
        {tools.sites.value.length === 0 ? (
          <p class="muted">{t('sitesNone')}</p>
        ) : (
          <ul class="plain-list" aria-labelledby="sites">
            {tools.sites.value.map(({ origin, label }) => (
              <li class="option" key={origin}>
                <bdi>{label}</bdi>
                <button
                  type="button"
                  class="button"
                  aria-label={t('removeSite', label)}
                  onClick={() =>
                    void tools.removeSite(origin).then((gone) => {
                      announce(gone ? t('siteRemoved', label) : t('notSaved'));
                    })
                  }
                >
                  {t('remove')}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
