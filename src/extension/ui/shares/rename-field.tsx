import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { labelOf } from '../../background/share-query.ts';
import type { ShareProblem, ShareView } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import type { Actions } from '../../views/client.ts';
import { Icon } from '../icons.tsx';
import { renameText } from '../texts.ts';

/** What the service takes at most (API section 4.4). */
const LONGEST = 255;

interface RenameFieldProps {
  share: ShareView;
  rename: Actions['rename'];
  done: () => void;
}

/** The title as a field in its place: Enter saves, Escape restores, leaving it saves too. */
export function RenameField({ share, rename, done }: RenameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const problem = useSignal<ShareProblem | undefined>(undefined);
  const busy = useRef(false);
  const before = labelOf(share);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  /** The row's own control has the focus again, unless the user has gone elsewhere. */
  function leave() {
    const row = field.current?.closest('li');
    const mine = document.activeElement === field.current;
    done();
    if (mine) requestAnimationFrame(() => row?.querySelector<HTMLElement>('.copy')?.focus());
  }
  async function save(value: string) {
    if (busy.current) return;
    const title = value.trim();
    if (title === before || title === share.title) return leave();
    busy.current = true;
    const refused = await rename(share.sharename, title === '' ? null : title).catch(
      () => 'network' as const,
    );
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
        defaultValue={before}
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
        onBlur={(event) => {
          if (problem.value === undefined) void save(event.currentTarget.value);
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
