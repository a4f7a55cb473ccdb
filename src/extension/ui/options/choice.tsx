import type { ComponentChildren } from 'preact';
import { type MessageKey, t } from '../../platform/i18n.ts';
import { CHOICES, type Settings } from '../../settings/settings.ts';
import type { SettingsView } from '../../views/settings.ts';
import { useSaved } from './saved.ts';

/** Stores a choice, and says so. */
export function useSetting(settings: SettingsView) {
  const announce = useSaved();
  return async (part: Partial<Settings>) => {
    await settings.change(part).then(
      () => announce(t('saved')),
      () => announce(t('notSaved')),
    );
  };
}

export function Section({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
}) {
  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

type TextChoice = {
  [K in keyof Settings]: Settings[K] extends string ? K : never;
}[keyof Settings];

interface ChoiceProps<K extends TextChoice> {
  name: K;
  label: string;
  texts: Record<Settings[K], MessageKey>;
  settings: SettingsView;
  /** Told after the label. */
  hint?: string;
  /** Asked in the click, before anything is stored; `false` keeps the old value. */
  ask?: (value: Settings[K]) => Promise<boolean>;
}

/** One of a few values. */
export function Choice<K extends TextChoice>(props: ChoiceProps<K>) {
  const { name, label, texts, settings, hint, ask } = props;
  const change = useSetting(settings);
  const chosen = settings.current.value[name];
  return (
    <fieldset class="choice" aria-describedby={hint === undefined ? undefined : `${name}-hint`}>
      <legend>{label}</legend>
      {hint !== undefined && (
        <p class="muted" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div class="choice-values">
        {CHOICES[name].map((value: Settings[K]) => (
          <label class="radio" key={value}>
            <input
              type="radio"
              name={name}
              checked={value === chosen}
              onChange={({ currentTarget }) => {
                const asked = ask?.(value);
                if (!asked) {
                  void change({ [name]: value });
                  return;
                }
                void asked.then((granted) => {
                  if (granted) return change({ [name]: value });
                  // The browser has moved the mark already.
                  currentTarget.checked = false;
                  const old = document.querySelector<HTMLInputElement>(
                    `input[name=${name}][value="${chosen}"]`,
                  );
                  if (old) old.checked = true;
                  return undefined;
                });
              }}
              value={value}
            />
            {t(texts[value])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  name: 'compactList';
  label: string;
  hint?: string;
  settings: SettingsView;
}

/** Yes or no. */
export function Switch({ name, label, hint, settings }: SwitchProps) {
  const change = useSetting(settings);
  return (
    <div class="switch">
      <label class="check">
        <input
          type="checkbox"
          checked={settings.current.value[name]}
          aria-describedby={hint === undefined ? undefined : `${name}-hint`}
          onChange={({ currentTarget }) => void change({ [name]: currentTarget.checked })}
        />
        {label}
      </label>
      {hint !== undefined && (
        <p class="muted" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
