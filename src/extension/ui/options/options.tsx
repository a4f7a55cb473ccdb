import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { Header } from '../header.tsx';
import { useTabTitle } from '../tab-title.ts';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { HelpSection } from './help-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { SavedContext } from './saved.ts';
import { ServerSection } from './server-section.tsx';
import { SharingSection } from './sharing-section.tsx';
import { ShortcutsSection } from './shortcuts-section.tsx';

const SECTIONS = [
  ['account', 'account'],
  ['server', 'server'],
  ['sharing', 'optionsSharing'],
  ['notifications', 'optionsNotifications'],
  ['appearance', 'optionsAppearance'],
  ['shortcuts', 'optionsShortcuts'],
  ['privacy', 'optionsPrivacy'],
  ['help', 'optionsHelp'],
] as const;

/** Everything that can be chosen. Each choice is stored at once. */
export function Options({ view, tools }: { view: View; tools: OptionsTools }) {
  useTabTitle(`${t('options')} – ${t('extensionShortName')}`);
  const saved = useSignal('');
  const adding = useSignal(location.hash === '#add-account');
  const addressToAdd = useSignal('');

  /** The same words again are announced again only when they have been away. */
  function announce(text: string) {
    saved.value = '';
    requestAnimationFrame(() => (saved.value = text));
  }
  useEffect(() => {
    const follow = () => {
      if (location.hash === '#add-account') adding.value = true;
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const { account, accounts = [] } = view.state.value ?? {};
  return (
    <SavedContext value={announce}>
      <Header account={account} accounts={accounts} actions={view.actions} />
      <main class="options">
        <h2 class="title">{t('options')}</h2>
        <nav class="options-nav" aria-label={t('options')}>
          <ul>
            {SECTIONS.map(([id, key]) => (
              <li key={id}>
                <a href={`#${id}`}>{t(key)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="options-sections">
          <AccountSection view={view} tools={tools} adding={adding} address={addressToAdd} />
          <ServerSection
            view={view}
            tools={tools}
            signInThere={(address) => {
              addressToAdd.value = address;
              adding.value = true;
            }}
          />
          <SharingSection view={view} />
          <NotificationsSection settings={view.settings} tools={tools} />
          <AppearanceSection settings={view.settings} />
          <ShortcutsSection tools={tools} />
          <PrivacySection view={view} tools={tools} />
          <HelpSection view={view} tools={tools} />
        </div>
      </main>
      <p class={saved.value ? 'saved' : 'saved hidden'} role="status">
        {saved.value}
      </p>
    </SavedContext>
  );
}
