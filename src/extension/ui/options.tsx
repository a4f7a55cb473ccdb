import { t } from '../platform/i18n.ts';
import type { View } from '../views/client.ts';
import { Header } from './header.tsx';
import { Storage } from './parts.tsx';

export function Options({ view }: { view: View }) {
  const account = view.state.value?.account;
  const profile = account?.status === 'signed-in' ? account.profile : undefined;
  return (
    <>
      <Header account={undefined} signOut={view.actions.signOut} />
      <main>
        <h1>{t('options')}</h1>
        <section class="card" aria-labelledby="account">
          <h2 id="account">{t('account')}</h2>
          {profile ? (
            <>
              <p>{t('signedInAs', profile.email)}</p>
              <Storage {...profile.storage} />
              <button type="button" class="button" onClick={() => void view.actions.signOut()}>
                {t('signOut')}
              </button>
            </>
          ) : (
            <p>{t('optionsNotSignedIn')}</p>
          )}
        </section>
        <section class="card" aria-labelledby="server">
          <h2 id="server">{t('server')}</h2>
          <p>
            <bdi>{account?.server}</bdi>
          </p>
          <p class="muted">{t('optionsServerHint')}</p>
        </section>
      </main>
    </>
  );
}
