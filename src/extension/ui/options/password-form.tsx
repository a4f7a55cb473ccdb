import { useSignal } from '@preact/signals';
import { t } from '../../platform/i18n.ts';
import { AccountHelp, Field, ServerField } from '../field.tsx';
import type { WayProps } from './add-account.tsx';
import { SERVICE_FORMS, serviceSignInText } from './service-forms.ts';

type Problems = Partial<Record<'server' | 'email' | 'password', string>>;

/** Name and password, or what a service has in their places. */
export function PasswordForm({ view, service, server, done }: WayProps) {
  const email = useSignal('');
  const password = useSignal('');
  const busy = useSignal(false);
  const problems = useSignal<Problems>({});
  const texts = SERVICE_FORMS[service];

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const missing: Problems = {
      ...(!server.value.trim() && { server: t('problemServerInvalid') }),
      ...(!email.value.trim() && { email: t('fieldMissing') }),
      ...(!password.value && { password: t('fieldMissing') }),
    };
    if (Object.keys(missing).length > 0) {
      problems.value = missing;
      return;
    }
    const asked = view.actions.signIn({
      service,
      server: server.value,
      email: email.value,
      password: password.value,
      add: true,
    });
    busy.value = true;
    problems.value = {};
    const problem = await asked.catch(() => 'unknown' as const);
    busy.value = false;
    if (problem) {
      const { field, text } = serviceSignInText(problem, server.value, service);
      problems.value = { [field]: text };
      return;
    }
    // A key is nothing to be read out.
    done(texts.user === 'userOrKey' ? t('saved') : t('accountAdded', email.value.trim()));
  }

  return (
    <form
      class="way"
      aria-label={t('addAccount')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <ServerField id="add-server" text={server} problem={problems.value.server} />
      <Field
        id="add-email"
        label={t(texts.user)}
        type="text"
        autoComplete="username"
        text={email}
        problem={problems.value.email}
      />
      <Field
        id="add-password"
        label={t(texts.password)}
        type="password"
        autoComplete="current-password"
        text={password}
        problem={problems.value.password}
      />
      <div class="buttons">
        <button type="submit" class="button main" disabled={busy.value}>
          {busy.value ? t('signingIn') : t('signIn')}
        </button>
        <button type="button" class="button" onClick={() => done()}>
          {t('cancel')}
        </button>
      </div>
      {service === 'gett' && <AccountHelp server={server.value} />}
    </form>
  );
}
