import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ShareProblem } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import { Icon } from '../icons.tsx';
import { renameText } from '../share-texts.ts';
import { drafts } from './drafts.ts';

/** What the service takes at most (API section 4.4). */
const LONGEST = 255;

interface RenameFieldProps {
  /** Of the share; absent as long as it has none. */
  sharename: string | undefined;
  /** What it is called now, by a title of its own or by its first file. */
  before: string;
  title: string | undefined;
  /** Resolves with what stands in the way. @param title `null` takes it away. */
  rename: (title: string | null) => Promise<ShareProblem | null>;
  done: () => void;
}

/** The title as a field in its place: Enter saves, Escape restores, leaving it saves too. */
export function RenameField({ sharename = '', before, title, rename, done }: RenameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const problem = useSignal<ShareProblem | undefined>(undefined);
  const busy = useRef(false);

  useEffect(() => {
    const input = field.current;
    input?.focus();
    if (drafts.has(sharename)) input?.setSelectionRange(input.value.length, input.value.length);
    else input?.select();
  }, []);

  /** The row's own control has the focus again, unless the user has gone elsewhere. */
  function leave() {
    const row = field.current?.closest('li');
    const mine = document.activeElement === field.current;
    drafts.delete(sharename);
    done();
    if (mine) requestAnimationFrame(() => row?.querySelector<HTMLElement>('.copy')?.focus());
  }
  async function save(value: string) {
    if (busy.current) return;
    const next = value.trim();
    if (next === before || next === title) return leave();
    busy.current = true;
    const refused = await rename(next === '' ? null : next).catch(() => 'network' as const);
    busy.current = false;
    if (!refused) return leave();
    problem.value = refused;
    field.current?.focus();
  }

  return (
    <div class="rename">
      <input
        ref={field}
        type="text"
        aria-label={t('renameLabel', before)}
        aria-invalid={problem.value !== undefined}
        maxLength={LONGEST}
        defaultValue={drafts.get(sharename) ?? before}
        onInput={({ currentTarget }) => drafts.set(sharename, currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') void save(event.currentTarget.value);
          else if (event.key === 'Escape') {
            // The browser would close the popup.
            event.preventDefault();
            busy.current = true;
            leave();
          }
        }}
        onBlur={({ currentTarget: input }) => {
          // A field that is taken away with its row goes on in another list.
          queueMicrotask(() => {
            if (input.isConnected && problem.value === undefined) void save(input.value);
          });
        }}
      />
      {problem.value && (
        <p class="problem" role="alert">
          <Icon name="warning" size={16} />
          {renameText(problem.value)}
        </p>
      )}
    </div>
  );
}
