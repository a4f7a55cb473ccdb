import type { AccountItem, AccountView } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { Brand } from './brand.tsx';
import { Disclosure } from './disclosure.tsx';
import { shortAddress } from './format.ts';
import { Icon } from './icons.tsx';
import { SignOut } from './sign-out.tsx';

interface HeaderProps {
  account: AccountView | undefined;
  accounts: readonly AccountItem[];
  actions: Actions;
  /** Left out where the page is the options already. */
  optionsLink?: boolean;
}

export function Header({ account, accounts, actions, optionsLink = false }: HeaderProps) {
  const shown = accounts.find(({ shown }) => shown);
  const others = accounts.filter((item) => item !== shown);
  // Whose sign-in has ended finds the form below, but may turn to another account.
  const menu = account?.status === 'signed-in' || others.length > 0;
  return (
    <header class="header">
      <Brand />
      {shown && menu && <AccountMenu shown={shown} others={others} actions={actions} />}
      {optionsLink && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('options')}
          onClick={() => actions.openOptions()}
        >
          <Icon name="gear" />
        </button>
      )}
    </header>
  );
}

interface AccountMenuProps {
  shown: AccountItem;
  others: readonly AccountItem[];
  actions: Actions;
}

function AccountMenu({ shown, others, actions }: AccountMenuProps) {
  const { email } = shown.profile;
  return (
    <Disclosure
      class="menu"
      summary={
        <summary aria-label={`${t('account')}: ${email}`}>
          <bdi>{email}</bdi>
          <Icon name="chevron" size={16} />
        </summary>
      }
    >
      {(close) => (
        <>
          <p>
            {t('server')}: <bdi>{shortAddress(shown.server)}</bdi>
          </p>
          {others.length > 0 && (
            <ul class="menu-accounts" aria-label={t('otherAccounts')}>
              {others.map((account) => (
                <li key={account.id}>
                  <button
                    type="button"
                    class="menu-item"
                    aria-label={t('switchTo', account.profile.email)}
                    onClick={() => {
                      close();
                      actions.showAccount(account.id);
                    }}
                  >
                    <bdi>{account.profile.email}</bdi>
                    <span class="muted">
                      {account.ended ? t('accountEnded') : shortAddress(account.server)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <button
            type="button"
            class="menu-item"
            onClick={() => {
              close();
              actions.openOptions('add-account');
            }}
          >
            {t('addAccount')}
          </button>
          <SignOut account={shown} signOut={actions.signOut} class="menu-item" />
        </>
      )}
    </Disclosure>
  );
}
