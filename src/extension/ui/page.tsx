import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { JobView } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import { CAPABILITIES } from '../services/capabilities.ts';
import type { View } from '../views/client.ts';
import { useDropAndPaste } from './drop-and-paste.ts';
import { shortAddress } from './format.ts';
import type { Giving } from './giving.tsx';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { Lists } from './lists.tsx';
import { LiveRegion } from './live-region.tsx';
import { Storage } from './parts.tsx';
import { PathForm } from './path-form.tsx';
import { SignIn } from './sign-in.tsx';
import { useUndoKey } from './undo-key.ts';

interface PageProps {
  view: View;
  giving: Giving;
  /** How files are chosen here. */
  children: ComponentChildren;
}

/** What popup and upload tab have in common: sign-in, else the lists, with what is wrong above. */
export function Page({ view, giving, children }: PageProps) {
  const state = view.state.value;
  const hovering = useSignal(0);
  const signedIn = state?.account.status === 'signed-in';
  const { uploads } = CAPABILITIES[state?.account.service ?? 'gett'];
  const { actions } = view;
  useDropAndPaste({
    enabled: signedIn && uploads,
    onGiven: giving.take,
    onPicture: actions.givePicture,
    onHover: (count) => (hovering.value = count),
  });
  const latest = state?.removals.at(-1)?.key;
  useUndoKey(() => latest !== undefined && actions.undo(latest));
  const storage = state?.account.profile?.storage;
  const lists = <Lists view={view} />;
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
            <SignIn key={state.account.status} state={state} signIn={actions.signIn} />
            {state.account.status === 'ended' && lists}
          </>
        )}
        {state && signedIn && (
          <>
            {!state.online ? (
              <Offline jobs={state.jobs} />
            ) : (
              !state.reachable && <Down server={state.account.server} retry={actions.refresh} />
            )}
            {uploads ? children : <PathForm sharePath={actions.sharePath} />}
            {lists}
          </>
        )}
      </main>
      {signedIn && storage && <Storage {...storage} secret={state?.private === true} />}
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

function Offline({ jobs }: { jobs: readonly JobView[] }) {
  const waiting = jobs.filter(({ reason }) => reason?.kind === 'offline').length;
  return (
    <div class="banner" role="status">
      <Icon name="offline" />
      <p>{waiting === 0 ? t('bannerOffline') : plural('bannerOfflineFiles', waiting)}</p>
    </div>
  );
}

function Down({ server, retry }: { server: string; retry: () => void }) {
  return (
    <div class="banner" role="status">
      <Icon name="offline" />
      <p>{t('bannerDown', shortAddress(server))}</p>
      <button type="button" class="button" onClick={retry}>
        {t('tryNow')}
      </button>
    </div>
  );
}
