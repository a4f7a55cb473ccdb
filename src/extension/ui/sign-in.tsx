import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { SignInForm, SignInProblem } from '../account/account.ts';
import { isReadByOthers } from '../account/server-address.ts';
import type { ViewState } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import { AccountHelp, Field, ServerField } from './field.tsx';
import { shortAddress } from './format.ts';
import { Icon } from './icons.tsx';
import { useOpeningFocus } from './opening-focus.ts';
import { signInText } from './sign-in-texts.ts';

interface SignInProps {
  state: ViewState;
  signIn: (form: SignInForm) => Promise<SignInProblem | undefined>;
}

type FieldName = 'email' | 'password' | 'server';
type Problems = { [K in FieldName]?: string };

export function SignIn({ state, signIn }: SignInProps) {
  const { account } = state;
  const email = useSignal(account.profile?.email ?? '');
  const password = useSignal('');
  const server = useSignal(account.server);
  const serverShown = useSignal(false);
  const passwordShown = useSignal(false);
  const busy = useSignal(false);
  const problems = useSignal<Problems>({});
  const form = useRef<HTMLFormElement>(null);

  const input = (field: FieldName) =>
    form.current?.querySelector<HTMLInputElement>(`#sign-in-${field}`) ?? null;
  const focus = (field: FieldName) => input(field)?.focus();
  useOpeningFocus(() => input(email.value ? 'password' : 'email'), true);

  function fail(next: Problems) {
    problems.value = next;
    const first = (['email', 'password', 'server'] as const).find((field) => next[field]);
    if (next.server) serverShown.value = true;
    // The field may have been revealed just now.
    if (first) requestAnimationFrame(() => focus(first));
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const missing: Problems = {
      ...(!email.value.trim() && { email: t('emailMissing') }),
      ...(!password.value && { password: t('passwordMissing') }),
    };
    if (missing.email ?? missing.password) return fail(missing);
    const asked = signIn({
      service: account.service,
      email: email.value,
      password: password.value,
      server: server.value,
    });
    busy.value = true;
    problems.value = {};
    const problem = await asked.catch(() => 'unknown' as const);
    busy.value = false;
    if (!problem) return;
    const { field, text } = signInText(problem, server.value);
    fail({ [field]: text });
  }

  return (
    <form class="sign-in" ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Heading state={state} />
      <Field
        id="sign-in-email"
        label={t('email')}
        type="text"
        inputMode="email"
        autoComplete="username"
        text={email}
        problem={problems.value.email}
      />
      <Field
        id="sign-in-password"
        label={t('password')}
        type={passwordShown.value ? 'text' : 'password'}
        autoComplete="current-password"
        text={password}
        problem={problems.value.password}
      >
        <button
          type="button"
          class="icon-button"
          aria-pressed={passwordShown.value}
          aria-label={passwordShown.value ? t('hidePassword') : t('showPassword')}
          onClick={() => (passwordShown.value = !passwordShown.value)}
        >
          <Icon name="eye" />
        </button>
      </Field>
      {serverShown.value && (
        <ServerField id="sign-in-server" text={server} problem={problems.value.server} />
      )}
      {isReadByOthers(server.value) && (
        <p class="warning" role="status">
          <Icon name="warning" size={16} />
          {t('serverPlain')}
        </p>
      )}
      <button type="submit" class="button main wide" disabled={busy.value}>
        {busy.value ? t('signingIn') : t('signIn')}
      </button>
      {account.service === 'gett' && <AccountHelp server={server.value} />}
      {!serverShown.value && (
        <p class="server-line">
          {t('server')}: <bdi>{shortAddress(server.value)}</bdi> ·{' '}
          <button
            type="button"
            class="link-button"
            aria-label={t('changeServerLabel')}
            onClick={() => {
              serverShown.value = true;
              requestAnimationFrame(() => focus('server'));
            }}
          >
            {t('changeServer')}
          </button>
        </p>
      )}
    </form>
  );
}

/** Says why the form is there: what waits for it, or what has ended. */
function Heading({ state }: { state: ViewState }) {
  const kept = state.jobs.filter(({ reason }) => reason?.kind === 'sign-in');
  const [first] = kept;
  const ended = state.account.status === 'ended';
  return (
    <div class="sign-in-heading">
      <h2 class="title">{ended ? t('signInAgain') : t('signInHeading')}</h2>
      {first ? (
        <p class="kept">
          {first.thumbnail && <img class="thumbnail" src={first.thumbnail} alt="" />}
          <span>
            {kept.length === 1 ? t('signInKept', first.name) : t('signInKeptMany', kept.length)}
          </span>
        </p>
      ) : (
        <p>{ended ? t('signInAgainIntro') : t('signInIntro')}</p>
      )}
    </div>
  );
}
