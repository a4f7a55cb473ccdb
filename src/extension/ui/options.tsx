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
        <h2 class="title">{t('options')}</h2>
        <section class="card" aria-labelledby="account">
          <h3 id="account">{t('account')}</h3>
          {profile ? (
            <>
              <p>{t('signedInAs', profile.email)}</p>
              <Storage {...profile.storage} />
              <button type="button" class="button" onClick={() => void view.actions.signOut()}>
                {t('signOut')}
              </button>
            </>
          ) : (
            <>
              <p>{t('optionsNotSignedIn')}</p>
              <button type="button" class="button" onClick={() => view.actions.openUploadTab()}>
                {t('signIn')}
              </button>
            </>
          )}
        </section>
        <section class="card" aria-labelledby="server">
          <h3 id="server">{t('server')}</h3>
          <p>
            <bdi>{account?.server}</bdi>
          </p>
          <p class="muted">{t('optionsServerHint')}</p>
        </section>
      </main>
    </>
  );
}
