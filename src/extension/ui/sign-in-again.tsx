import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SignInForm, SignInProblem } from '../account/account.ts';
import type { ViewState } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import { CAPABILITIES } from '../services/capabilities.ts';
import { Field } from './field.tsx';
import { shortAddress } from './format.ts';
import { Icon } from './icons.tsx';
import { SERVICE_NAMES } from './services.ts';
import { signInText } from './sign-in-texts.ts';

interface SignInAgainProps {
  state: ViewState;
  signIn: (form: SignInForm) => Promise<SignInProblem | undefined>;
  /** Shows the whole form. */
  useAnother: () => void;
  /** @param section the part of the page that is shown first */
  openOptions: (section: string) => void;
}

/** The access was ended elsewhere: what brings it back stands above everything that still works. */
export function SignInAgain(props: SignInAgainProps) {
  const { service } = props.state.account;
  return service === 'gett' ? <Password {...props} /> : <Elsewhere {...props} />;
}

/** Other services take keys, tokens and more, for which the options have forms. */
function Elsewhere({ state, openOptions }: SignInAgainProps) {
  const { service, server, profile } = state.account;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div class="again">
      <Heading />
      <p>
        {t('accountEndedText')} <Waiting state={state} />
      </p>
      <p class="again-other">
        <bdi>{profile?.email}</bdi> · {SERVICE_NAMES[service]} · <bdi>{shortAddress(server)}</bdi>
      </p>
      <button
        type="button"
        class="button main wide"
        ref={button}
        onClick={() => openOptions('add-account')}
      >
        {t('accountEnded')}
      </button>
    </div>
  );
}

/** One field is enough at Ge.tt. */
function Password({ state, signIn, useAnother }: SignInAgainProps) {
  const { server, service, profile } = state.account;
  const email = profile?.email ?? '';
  const password = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector<HTMLInputElement>('#sign-in-password')?.focus();
  useEffect(focus, []);

  function fail(text: string) {
    problem.value = text;
    focus();
  }
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (password.value === '') return fail(t('passwordMissing'));
    const asked = signIn({ service, email, password: password.value, server });
    busy.value = true;
    problem.value = undefined;
    const refused = await asked.catch(() => 'unknown' as const);
    busy.value = false;
    if (refused) fail(signInText(refused, server).text);
  }

  return (
    <form class="again" ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Heading />
      <p>
        {t('accessEnded')} <Waiting state={state} />
      </p>
      {/* So that password managers know whose password it is. */}
      <input
        type="text"
        class="hidden"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      <div class="again-line">
        <Field
          id="sign-in-password"
          label={t('password')}
          type="password"
          autoComplete="current-password"
          text={password}
          problem={problem.value}
        />
        <button type="submit" class="button main" disabled={busy.value}>
          {busy.value ? t('signingIn') : t('signIn')}
        </button>
      </div>
      <p class="again-other">
        <bdi>{t('notThisAccount', email)}</bdi>{' '}
        <button type="button" class="link-button" onClick={useAnother}>
          {t('useAnotherAccount')}
        </button>
      </p>
    </form>
  );
}

function Heading() {
  return (
    <h2>
      <Icon name="key" />
      {t('signInAgain')}
    </h2>
  );
}

/** What becomes of the files that are not shared yet, else of those that are. */
function Waiting({ state: { jobs, account } }: { state: ViewState }) {
  const waiting = jobs.filter(({ reason }) => reason?.kind === 'sign-in').length;
  if (waiting > 0) return <>{plural('filesWaiting', waiting)}</>;
  return CAPABILITIES[account.service].link === 'never' ? null : <>{t('linksKeepWorking')}</>;
}
