import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SignInProblem } from '../../account/account.ts';
import { t } from '../../platform/i18n.ts';
import type { ServiceKind } from '../../services/capabilities.ts';
import type { ConsentQuestion } from '../../services/share-service.ts';
import { Field, ServerField } from '../field.tsx';
import { SERVICE_NAMES } from '../services.ts';
import type { WayProps } from './add-account.tsx';
import { serviceSignInText } from './service-forms.ts';

type Problems = Partial<Record<'server' | 'app' | 'secret' | 'code', string>>;

/**
 * The user consents on the service's own page and brings its code back. A page that hands the code
 * over by itself would need a permission (`identity`), or an address of ours that is open to the web.
 */
export function ConsentForm({ view, tools, service, server, done }: WayProps) {
  const token = useSignal('');
  const secret = useSignal('');
  const code = useSignal('');
  const question = useSignal<ConsentQuestion | undefined>(undefined);
  const busy = useSignal(false);
  const problems = useSignal<Problems>({});
  const form = useRef<HTMLFormElement>(null);
  const name = SERVICE_NAMES[service];
  const app = () => ({ token: token.value.trim(), secret: secret.value.trim() });

  useEffect(() => {
    if (question.value) form.current?.querySelector<HTMLInputElement>('#add-code')?.focus();
  }, [question.value]);

  async function ask() {
    const missing: Problems = {
      ...(!server.value.trim() && { server: t('problemServerInvalid') }),
      ...(!token.value.trim() && { app: t('fieldMissing') }),
      ...(!secret.value.trim() && { secret: t('fieldMissing') }),
    };
    problems.value = missing;
    if (Object.keys(missing).length > 0) return;
    const asked = tools.askConsent({ service, server: server.value, app: app() });
    busy.value = true;
    const result = await asked.catch(() => ({ ok: false, problem: 'unknown' }) as const);
    busy.value = false;
    if (result.ok) {
      code.value = '';
      question.value = result.question;
    } else {
      question.value = undefined;
      const { field, text } = consentText(result.problem, server.value, service, 'app');
      problems.value = { [field]: text };
    }
  }

  async function bringBack({ request }: ConsentQuestion) {
    if (!code.value.trim()) {
      problems.value = { code: t('fieldMissing') };
      return;
    }
    const consent = { app: app(), request, code: code.value.trim() };
    const asked = view.actions.signIn({ service, server: server.value, consent, add: true });
    busy.value = true;
    problems.value = {};
    const problem = await asked.catch(() => 'unknown' as const);
    busy.value = false;
    if (!problem) return done(t('saved'));
    const { text } = consentText(problem, server.value, service, 'code');
    problems.value = { code: text };
  }

  return (
    <form
      class="way"
      ref={form}
      aria-label={t('addAccount')}
      onSubmit={(event) => {
        event.preventDefault();
        void (question.value ? bringBack(question.value) : ask());
      }}
      noValidate
    >
      {question.value ? (
        <>
          <p role="status">{t('consentOpened', name)}</p>
          <Field
            id="add-code"
            label={t('consentCode')}
            type="text"
            autoComplete="one-time-code"
            text={code}
            problem={problems.value.code}
          />
        </>
      ) : (
        <>
          <p class="muted">{t('aboutConsent', name)}</p>
          <ServerField id="add-server" text={server} problem={problems.value.server} />
          <Field
            id="add-app"
            label={t('appToken')}
            type="text"
            autoComplete="off"
            text={token}
            problem={problems.value.app}
          />
          <Field
            id="add-secret"
            label={t('appSecret')}
            type="password"
            autoComplete="off"
            text={secret}
            problem={problems.value.secret}
          />
        </>
      )}
      <div class="buttons">
        <button type="submit" class="button main" disabled={busy.value}>
          {busy.value ? t('signingIn') : question.value ? t('signIn') : t('consentAsk', name)}
        </button>
        {question.value && (
          <button type="button" class="button" disabled={busy.value} onClick={() => void ask()}>
            {t('consentAskAgain')}
          </button>
        )}
        <button type="button" class="button" onClick={() => done()}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Here it is the application that can be wrong at first, and the code in the end. */
function consentText(
  problem: SignInProblem,
  server: string,
  service: ServiceKind,
  step: 'app' | 'code',
) {
  const { field, text } = serviceSignInText(problem, server, service);
  if (field === 'server') return { field, text };
  if (problem !== 'wrong-password') return { field: step, text };
  const key = step === 'app' ? 'problemWrongApp' : 'problemWrongCode';
  return { field: step, text: t(key, SERVICE_NAMES[service]) };
}
