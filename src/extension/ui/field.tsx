import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';

interface FieldProps {
  id: string;
  label: string;
  /** `password` shows dots. */
  type: 'text' | 'password';
  autoComplete: 'username' | 'current-password' | 'url' | 'one-time-code' | 'off';
  inputMode?: 'email' | 'url' | 'text';
  value: string;
  onValue: (value: string) => void;
  /** What is wrong with it; shown under the field. */
  problem?: string | undefined;
  /** A button inside the field, at its end. */
  children?: ComponentChildren;
}

export function Field(props: FieldProps) {
  const { id, label, type, value, onValue, problem, children } = props;
  const attributes = {
    id,
    autoComplete: props.autoComplete,
    inputMode: props.inputMode ?? 'text',
    spellcheck: false,
    value,
    'aria-invalid': problem !== undefined,
    ...(problem !== undefined && { 'aria-describedby': `${id}-problem` }),
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onValue(currentTarget.value),
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
