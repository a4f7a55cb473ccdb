import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SignInForm, SignInProblem } from '../account/account.ts';
import type { ViewState } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import { Field } from './field.tsx';
import { Icon } from './icons.tsx';
import { signInText } from './texts.ts';

interface SignInAgainProps {
  state: ViewState;
  signIn: (form: SignInForm) => Promise<SignInProblem | undefined>;
  /** Shows the whole form. */
  useAnother: () => void;
}

/** The access was ended elsewhere: one field brings it back, above everything that still works. */
export function SignInAgain({ state, signIn, useAnother }: SignInAgainProps) {
  const { server, service, profile } = state.account;
  const email = profile?.email ?? '';
  const password = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector<HTMLInputElement>('#sign-in-password')?.focus();
  useEffect(focus, []);
  const waiting = state.jobs.filter(({ reason }) => reason?.kind === 'sign-in').length;

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
      <h2>
        <Icon name="key" />
        {t('signInAgain')}
      </h2>
      <p>
        {t('accessEnded')} {waiting > 0 ? plural('filesWaiting', waiting) : t('linksKeepWorking')}
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
          value={password.value}
          onValue={(value) => (password.value = value)}
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
