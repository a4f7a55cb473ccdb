import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { ServiceKind } from '../../services/capabilities.ts';
import type { View } from '../../views/client.ts';
import { Field } from '../field.tsx';
import { SERVICE_FORMS, SERVICE_NAMES } from '../services.ts';
import { signInText } from '../texts.ts';
import { useSaved } from './saved.ts';

interface AddAccountProps {
  view: View;
  /** The server that the form begins with. */
  address: string;
  close: () => void;
}

type Problems = Partial<Record<'server' | 'email' | 'password', string>>;

const KINDS: readonly ServiceKind[] = ['gett', 'smartfile', 'bridge', 'jetstream'];

/** Signs in besides the accounts that are there, at any service. */
export function AddAccount({ view, address, close }: AddAccountProps) {
  const announce = useSaved();
  const form = useRef<HTMLFormElement>(null);
  const kind = useSignal<ServiceKind>('gett');
  const own = address || (view.state.value?.server ?? '');
  const server = useSignal(own);
  const email = useSignal('');
  const password = useSignal('');
  const busy = useSignal(false);
  const problems = useSignal<Problems>({});
  const texts = SERVICE_FORMS[kind.value];

  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector('select')?.focus();
  }, []);

  function choose(next: ServiceKind) {
    kind.value = next;
    server.value = next === 'gett' ? own : SERVICE_FORMS[next].server;
    problems.value = {};
  }

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
      service: kind.value,
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
      const { field, text } = signInText(problem, server.value, kind.value);
      problems.value = { [field]: text };
      return;
    }
    announce(t('accountAdded', email.value.trim()));
    close();
  }

  return (
    <form
      class="add-account"
      ref={form}
      aria-label={t('addAccount')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <label class="inline-field">
        {t('service')}
        <select
          value={kind.value}
          onChange={({ currentTarget }) => {
            const chosen = KINDS.find((kind) => kind === currentTarget.value);
            if (chosen) choose(chosen);
          }}
        >
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {SERVICE_NAMES[value]}
            </option>
          ))}
        </select>
      </label>
      <p class="muted">{t(texts.about)}</p>
      <Field
        id="add-server"
        label={t('serverAddress')}
        type="text"
        inputMode="url"
        autoComplete="url"
        value={server.value}
        onValue={(value) => (server.value = value)}
        problem={problems.value.server}
      />
      <Field
        id="add-email"
        label={t(texts.user)}
        type="text"
        autoComplete="username"
        value={email.value}
        onValue={(value) => (email.value = value)}
        problem={problems.value.email}
      />
      <Field
        id="add-password"
        label={t(texts.password)}
        type="password"
        autoComplete="current-password"
        value={password.value}
        onValue={(value) => (password.value = value)}
        problem={problems.value.password}
      />
      <div class="buttons">
        <button type="submit" class="button main" disabled={busy.value}>
          {busy.value ? t('signingIn') : t('signIn')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
