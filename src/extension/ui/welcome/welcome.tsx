import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { shortAddress } from '../format.ts';
import { Header } from '../header.tsx';
import { Icon } from '../icons.tsx';
import { useSetting } from '../options/choice.tsx';
import { Copying } from '../options/copying.tsx';
import { SignIn } from '../sign-in.tsx';
import { useTabTitle } from '../tab-title.ts';
// As a data: address it is read like any picture of a page, without a permission.
import lake from './lake-at-dusk.webp?inline';

interface WelcomeProps {
  view: View;
  tools: OptionsTools;
  firefox: boolean;
}

/** The first minute: sign in, one share, what makes it quicker, where the button is. */
export function Welcome({ view, tools, firefox }: WelcomeProps) {
  useTabTitle(t('welcomeTitle'));
  const state = view.state.value;
  if (!state) return null;
  const { account, accounts, jobs, shares } = state;
  const signedIn = account.status === 'signed-in';
  const url = jobs.find(({ url }) => url !== undefined)?.url ?? shares[0]?.url;
  return (
    <>
      <Header account={account} accounts={accounts} actions={view.actions} optionsLink />
      <main class="welcome">
        <h2 class="title">{t('welcomeTitle')}</h2>
        <ol class="welcome-steps">
          <Step title={t('signIn')} done={signedIn}>
            {signedIn ? (
              <p>{t('signedInAs', account.profile?.email ?? '')}</p>
            ) : (
              <SignIn key={account.status} state={state} signIn={view.actions.signIn} />
            )}
          </Step>
          <Step title={t('welcomeTry')} done={signedIn && url !== undefined}>
            <p>{t('welcomeTryText')}</p>
            <img
              class="welcome-picture"
              src={lake}
              width={480}
              height={300}
              alt={t('welcomeTryAlt')}
            />
            <div role="status">
              {signedIn && url !== undefined && (
                <p class="welcome-link">
                  {t('welcomeTryDone')}{' '}
                  <a href={url} target="_blank" rel="noreferrer">
                    <bdi>{shortAddress(url)}</bdi>
                  </a>
                </p>
              )}
            </div>
          </Step>
          <Step title={t('welcomeQuicker')}>
            <Copying view={view} />
            <Tell view={view} tools={tools} />
          </Step>
          <Step title={t('welcomePin')}>
            <p>{t(firefox ? 'welcomePinFirefox' : 'welcomePinChromium')}</p>
          </Step>
        </ol>
        <p class="muted">{t('privacyLeaves')}</p>
      </main>
    </>
  );
}

interface StepProps {
  title: string;
  done?: boolean;
  children: ComponentChildren;
}

function Step({ title, done = false, children }: StepProps) {
  return (
    <li class={done ? 'card welcome-step done' : 'card welcome-step'}>
      <h3>
        {title}
        {done && <Icon name="check" />}
      </h3>
      {children}
    </li>
  );
}

/** Notifications: the browser asks in the very click; a refusal takes the tick away again. */
function Tell({ view, tools }: Pick<WelcomeProps, 'view' | 'tools'>) {
  const change = useSetting(view.settings);
  const refused = useSignal(false);
  return (
    <div class="switch">
      <label class="check">
        <input
          type="checkbox"
          checked={view.settings.current.value.notifications === 'done'}
          onChange={({ currentTarget: box }) => {
            if (!box.checked) {
              void change({ notifications: 'none' });
              return;
            }
            void tools.allowNotifications().then((granted) => {
              refused.value = !granted;
              box.checked = granted;
              return granted ? change({ notifications: 'done' }) : undefined;
            });
          }}
        />
        {t('welcomeTell')}
      </label>
      {refused.value && (
        <p class="problem" role="alert">
          {t('notificationsRefused')}
        </p>
      )}
    </div>
  );
}
