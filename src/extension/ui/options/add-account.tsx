import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import { CAPABILITIES, type ServiceKind } from '../../services/capabilities.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { SERVICE_NAMES } from '../services.ts';
import { ConsentForm } from './consent-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { useSaved } from './saved.ts';
import { SERVICE_FORMS } from './service-forms.ts';

interface AddAccountProps {
  view: View;
  tools: OptionsTools;
  /** What the form begins with. */
  start: { service: ServiceKind; server: string };
  close: () => void;
}

/** What both ways to sign in need. */
export interface WayProps {
  view: View;
  tools: OptionsTools;
  service: ServiceKind;
  /** Kept when the way changes. */
  server: Signal<string>;
  /** @param news what has been done; nothing when it was cancelled */
  done: (news?: string) => void;
}

const KINDS: readonly ServiceKind[] = ['gett', 'smartfile', 'bridge', 'jetstream'];

/** Signs in besides the accounts that are there, at any service. */
export function AddAccount({ view, tools, start, close }: AddAccountProps) {
  const announce = useSaved();
  const box = useRef<HTMLDivElement>(null);
  const kind = useSignal<ServiceKind>(start.service);
  const server = useSignal(start.server);
  const byConsent = useSignal(false);
  const service = kind.value;
  const { consent } = CAPABILITIES[service];

  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector('select')?.focus();
  }, []);

  function choose(next: ServiceKind) {
    kind.value = next;
    server.value = next === start.service ? start.server : SERVICE_FORMS[next].server;
  }
  function done(news?: string) {
    if (news !== undefined) announce(news);
    close();
  }

  const Way = consent && byConsent.value ? ConsentForm : PasswordForm;
  return (
    <div class="add-account" ref={box}>
      <label class="inline-field">
        {t('service')}
        <select
          value={service}
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
      <p class="muted">{t(SERVICE_FORMS[service].about)}</p>
      {consent && (
        <fieldset class="choice">
          <legend>{t('signInWay')}</legend>
          <div class="choice-values">
            {([false, true] as const).map((value) => (
              <label class="radio" key={String(value)}>
                <input
                  type="radio"
                  name="sign-in-way"
                  checked={byConsent.value === value}
                  onChange={() => (byConsent.value = value)}
                />
                {t(value ? 'signInByConsent' : 'signInByKey', SERVICE_NAMES[service])}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Way key={service} view={view} tools={tools} service={service} server={server} done={done} />
    </div>
  );
}
