import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ShareView } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import { CAPABILITIES } from '../services/capabilities.ts';
import type { View } from '../views/client.ts';
import { Banner } from './banner.tsx';
import { useDropAndPaste } from './drop-and-paste.ts';
import type { Giving } from './giving.tsx';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { useKey } from './keys.ts';
import { later } from './later.tsx';
import { Lists } from './lists.tsx';
import { LiveRegion } from './live-region.tsx';
import { Storage } from './parts.tsx';
import type { RowActions } from './shares/row-actions.tsx';

const PathForm = later(async () => (await import('./path-form.tsx')).PathForm);
const SignIn = later(async () => (await import('./sign-in.tsx')).SignIn);
const SignInAgain = later(async () => (await import('./sign-in-again.tsx')).SignInAgain);

interface PageProps {
  view: View;
  giving: Giving;
  does: RowActions;
  /** How files are chosen here. */
  children: ComponentChildren;
  /** Draws the shares that are there. */
  list: (shares: readonly ShareView[]) => ComponentChildren;
  /** Shows the largest shares, to delete some. */
  freeUp: () => void;
}

/** What popup and upload tab have in common: sign-in, else the lists, with what is wrong above. */
export function Page({ view, giving, does, children, list, freeUp }: PageProps) {
  const state = view.state.value;
  const hovering = useSignal(0);
  const another = useSignal(false);
  const signedIn = state?.account.status === 'signed-in';
  const { uploads } = CAPABILITIES[state?.account.service ?? 'gett'];
  const ended = state?.account.status === 'ended';
  const { actions } = view;
  useDropAndPaste({
    enabled: signedIn && uploads,
    onGiven: giving.take,
    onPicture: actions.givePicture,
    onHover: (count) => (hovering.value = count),
  });
  useKey(['Ctrl+Z'], () => {
    const latest = state?.removals.at(-1)?.key;
    if (latest !== undefined) actions.undo(latest);
  });
  const storage = state?.account.profile?.storage;
  const lists = (
    <Lists view={view} does={does}>
      {list}
    </Lists>
  );
  return (
    <>
      <Header
        account={state?.account}
        accounts={state?.accounts ?? []}
        actions={actions}
        optionsLink
      />
      <main>
        {state && !signedIn && (
          <>
            {ended && !another.value ? (
              <SignInAgain
                state={state}
                signIn={actions.signIn}
                useAnother={() => (another.value = true)}
                openOptions={actions.openOptions}
              />
            ) : (
              <SignIn key={state.account.status} state={state} signIn={actions.signIn} />
            )}
            {ended && lists}
          </>
        )}
        {state && signedIn && (
          <>
            <Banner
              state={state}
              actions={actions}
              freeUp={freeUp}
              offersCopying={view.settings.current.value.copyByItself}
              declineCopying={() => void view.settings.change({ copyByItself: false })}
            />
            {uploads ? children : <PathForm sharePath={actions.sharePath} />}
            {lists}
          </>
        )}
      </main>
      {signedIn && storage && <Storage {...storage} secret={state.private === true} />}
      {signedIn && !storage && state.private && (
        <footer class="storage">
          <span class="private">{t('privateFooter')}</span>
        </footer>
      )}
      <LiveRegion view={view} />
      {hovering.value > 0 && (
        <div class="drop-veil" role="status">
          <Icon name="drop" size={40} />
          {plural('dropToShare', hovering.value)}
        </div>
      )}
    </>
  );
}
