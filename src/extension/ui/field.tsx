import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { parseServer } from '../account/server-address.ts';
import { t } from '../platform/i18n.ts';
import { Icon } from './icons.tsx';

interface FieldProps {
  id: string;
  label: string;
  /** `password` shows dots. */
  type: 'text' | 'password';
  autoComplete: 'username' | 'current-password' | 'url' | 'one-time-code' | 'off';
  inputMode?: 'email' | 'url' | 'text';
  /** What is typed, kept by whoever shows the field. */
  text: Signal<string>;
  /** Called after every change, where more than the text depends on it. */
  onTyped?: () => void;
  /** What is wrong with it; shown under the field. */
  problem: string | undefined;
  /** A button inside the field, at its end. */
  children?: ComponentChildren;
}

/** The address of a server, in every form that asks for one. */
export function ServerField(props: Pick<FieldProps, 'id' | 'text' | 'onTyped' | 'problem'>) {
  return (
    <Field {...props} label={t('serverAddress')} type="text" inputMode="url" autoComplete="url" />
  );
}

export function Field(props: FieldProps) {
  const { id, label, type, text, onTyped, problem, children } = props;
  const attributes = {
    id,
    autoComplete: props.autoComplete,
    inputMode: props.inputMode ?? 'text',
    spellcheck: false,
    value: text.value,
    'aria-invalid': problem !== undefined,
    ...(problem !== undefined && { 'aria-describedby': `${id}-problem` }),
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      text.value = currentTarget.value;
      onTyped?.();
    },
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        {type === 'password' ? (
          <input {...attributes} type="password" />
        ) : (
          <input {...attributes} type="text" />
        )}
        {children}
      </div>
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          <Icon name="warning" size={16} />
          {problem}
        </p>
      )}
    </div>
  );
}

/** Where the server says how accounts come about there. */
export function AccountHelp({ server }: { server: string }) {
  const parsed = parseServer(server);
  if (typeof parsed === 'string') return null;
  const page = `${parsed.address}/account`;
  return (
    <p class="server-line">
      <a class="link-button" href={`${page}#create`} target="_blank" rel="noreferrer">
        {t('createAccount')}
      </a>{' '}
      ·{' '}
      <a class="link-button" href={`${page}#password`} target="_blank" rel="noreferrer">
        {t('forgotPassword')}
      </a>
    </p>
  );
}
