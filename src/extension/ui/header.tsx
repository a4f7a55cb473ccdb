import { useRef } from 'preact/hooks';
import type { AccountView } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import { Brand } from './brand.tsx';
import { shortAddress } from './format.ts';
import { Icon } from './icons.tsx';

interface HeaderProps {
  account: AccountView | undefined;
  signOut: () => Promise<void>;
  /** Left out where the page is the options already. */
  openOptions?: () => void;
}

export function Header({ account, signOut, openOptions }: HeaderProps) {
  return (
    <header class="header">
      <Brand />
      {account?.status === 'signed-in' && <AccountMenu account={account} signOut={signOut} />}
      {openOptions && (
        <button type="button" class="icon-button" aria-label={t('options')} onClick={openOptions}>
          <Icon name="gear" />
        </button>
      )}
    </header>
  );
}

function AccountMenu({ account, signOut }: { account: AccountView; signOut: () => Promise<void> }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  const email = account.profile?.email ?? '';
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        // The popup itself closes on Escape too.
        event.preventDefault();
        close();
        menu.current.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !menu.current?.contains(relatedTarget)) close();
      }}
    >
      <summary aria-label={`${t('account')}: ${email}`}>
        <bdi>{email}</bdi>
        <Icon name="chevron" size={16} />
      </summary>
      <div class="menu-panel">
        <p>
          {t('server')}: <bdi>{shortAddress(account.server)}</bdi>
        </p>
        <button type="button" class="menu-item" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </div>
    </details>
  );
}
