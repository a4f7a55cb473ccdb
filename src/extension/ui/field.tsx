import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  type?: 'email' | 'password' | 'text' | 'url';
  autoComplete: 'username' | 'current-password' | 'url';
  /** What is wrong with it; shown under the field. */
  problem?: string | undefined;
  /** A button inside the field, at its end. */
  children?: ComponentChildren;
}

export function Field({ id, label, value, onValue, problem, children, ...rest }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          id={id}
          type={rest.type ?? 'text'}
          autoComplete={rest.autoComplete}
          spellcheck={false}
          value={value}
          aria-invalid={problem !== undefined}
          {...(problem !== undefined && { 'aria-describedby': `${id}-problem` })}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
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
