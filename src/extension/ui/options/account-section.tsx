import { type Signal, useSignal } from '@preact/signals';
import type { AccountItem } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import { CAPABILITIES } from '../../services/capabilities.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { Storage } from '../parts.tsx';
import { SERVICE_NAMES } from '../services.ts';
import { SignOut } from '../sign-out.tsx';
import { AddAccount } from './add-account.tsx';
import { Section } from './choice.tsx';
import { useSaved } from './saved.ts';

interface AccountSectionProps {
  view: View;
  tools: OptionsTools;
  adding: Signal<boolean>;
  /** The server that the form begins with. */
  address: Signal<string>;
}

export function AccountSection({ view, tools, adding, address }: AccountSectionProps) {
  const { accounts = [], server = '' } = view.state.value ?? {};
  const again = useSignal<AccountItem | undefined>(undefined);
  // The popup sends people here whose access to another service has ended.
  const ended = accounts.find(({ shown, ended, service }) => shown && ended && service !== 'gett');
  const start = address.value
    ? { service: 'gett' as const, server: address.value }
    : (again.value ?? ended ?? { service: 'gett' as const, server });
  return (
    <Section id="account" title={t('account')}>
      {accounts.length === 0 && view.state.value && <p>{t('optionsNotSignedIn')}</p>}
      {accounts.length > 0 && (
        <ul class="accounts">
          {accounts.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              several={accounts.length > 1}
              view={view}
              signInAgain={() => {
                again.value = account;
                adding.value = true;
              }}
            />
          ))}
        </ul>
      )}
      {adding.value ? (
        <AddAccount
          // What begins otherwise is another form; what is typed stays whatever else happens.
          key={`${address.value} ${again.value?.id} ${view.state.value !== undefined}`}
          view={view}
          tools={tools}
          start={start}
          close={() => {
            adding.value = false;
            again.value = undefined;
            address.value = '';
            if (location.hash === '#add-account') history.replaceState(null, '', '#account');
          }}
        />
      ) : (
        <div class="buttons">
          {accounts.length === 0 && (
            <button type="button" class="button" onClick={() => view.actions.openUploadTab()}>
              {t('signIn')}
            </button>
          )}
          <button type="button" class="button" onClick={() => (adding.value = true)}>
            {t('addAccount')}
          </button>
        </div>
      )}
    </Section>
  );
}

interface AccountCardProps {
  account: AccountItem;
  several: boolean;
  view: View;
  /** By the form for further accounts, which knows every service. */
  signInAgain: () => void;
}

function AccountCard({ account, several, view, signInAgain }: AccountCardProps) {
  const announce = useSaved();
  const { id, profile, service, server, ended, shown, clicks, place } = account;
  const { actions } = view;
  const saved = () => announce(t('saved'));
  return (
    <li class="account-card">
      <div class="account-head">
        <div>
          <p class="account-name">{t('signedInAs', profile.email)}</p>
          <p class="muted">
            {SERVICE_NAMES[service]} · <bdi>{server}</bdi>
          </p>
        </div>
        <SignOut account={account} signOut={actions.signOut} class="button" />
      </div>
      {ended && (
        <div class="standstill">
          <p>{t('accountEndedText')}</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              if (service !== 'gett') return signInAgain();
              actions.showAccount(id);
              actions.openUploadTab();
            }}
          >
            {t('accountEnded')}
          </button>
        </div>
      )}
      {profile.storage && <Storage {...profile.storage} />}
      {profile.places && profile.places.length > 0 && (
        <label class="inline-field">
          {t('bucket')}
          <select
            value={place}
            onChange={({ currentTarget }) =>
              void actions.choosePlace(id, currentTarget.value).then(saved)
            }
          >
            {profile.places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {several && (
        <div class="account-choices">
          <label class="radio">
            <input
              type="radio"
              name="shown-account"
              checked={shown}
              aria-label={t('showAccount', profile.email)}
              onChange={() => {
                actions.showAccount(id);
                saved();
              }}
            />
            {t('accountShown')}
          </label>
          {CAPABILITIES[service].uploads && (
            <label class="radio">
              <input
                type="radio"
                name="click-account"
                checked={clicks}
                aria-label={t('clickAccount', profile.email)}
                onChange={() => void actions.useForClicks(id).then(saved)}
              />
              {t('accountForClicks')}
            </label>
          )}
        </div>
      )}
    </li>
  );
}
