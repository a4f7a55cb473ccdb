import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Given } from '../capture/given.ts';
import { plural, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { formatBytes } from './format.ts';
import { Icon } from './icons.tsx';

/** From here on somebody may not have meant it: files, and bytes of all together. */
const MANY = 100;
const MUCH = 1_000_000_000;

export interface Giving {
  take: (given: Given) => void;
  /** Waits for a yes. */
  pending: Given | undefined;
  answer: (yes: boolean) => void;
  /** What the last folder held that is not shared. */
  left: Given['left'] | undefined;
  /** Names of files without a byte; they are shared as they are. */
  empty: readonly string[];
}

/** Shares what is given: at once, unless it is very much. */
export function useGiving(actions: Actions, each: boolean): Giving {
  const pending = useSignal<Given | undefined>(undefined);
  const left = useSignal<Given['left'] | undefined>(undefined);
  const hollow = useSignal<readonly string[]>([]);
  const share = (given: Given) => actions.give(given, each);
  return {
    pending: pending.value,
    left: left.value,
    empty: hollow.value,
    take(given) {
      const said = leftParts(given.left).length > 0 || given.files.length === 0;
      left.value = said ? given.left : undefined;
      hollow.value = given.files.filter(({ file }) => file.size === 0).map(({ name }) => name);
      if (given.files.length === 0) return;
      if (given.files.length > MANY || sizeOf(given) > MUCH) pending.value = given;
      else share(given);
    },
    answer(yes) {
      if (yes && pending.value) share(pending.value);
      pending.value = undefined;
    },
  };
}

const sizeOf = ({ files }: Given) => files.reduce((sum, { file }) => sum + file.size, 0);

/** The one question, and the one line about what was left out. */
export function GivingLines({ giving }: { giving: Giving }) {
  const { pending, left, empty, answer } = giving;
  const [emptyName = ''] = empty;
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (pending) yes.current?.focus();
  }, [pending]);
  return (
    <>
      {pending && (
        <div class="banner" role="alertdialog" aria-labelledby="giving-question">
          <Icon name="file" />
          <p id="giving-question">
            {plural('shareMany', pending.files.length, formatBytes(sizeOf(pending)))}
          </p>
          <button type="button" ref={yes} class="button" onClick={() => answer(true)}>
            {t('share')}
          </button>
          <button type="button" class="button" onClick={() => answer(false)}>
            {t('cancel')}
          </button>
        </div>
      )}
      {left && (
        <p class="left-out" role="status">
          {leftText(left)}
        </p>
      )}
      {empty.length > 0 && (
        <p class="left-out" role="status">
          {empty.length === 1 ? t('emptyFile', emptyName) : plural('emptyFiles', empty.length)}
        </p>
      )}
    </>
  );
}

function leftParts({ system, empty, unread }: Given['left']): string[] {
  const parts = [
    system > 0 && plural('leftSystem', system),
    empty > 0 && plural('leftEmpty', empty),
    ...unread,
  ];
  return parts.filter((part) => part !== false);
}

function leftText(left: Given['left']): string {
  const parts = leftParts(left);
  return parts.length > 0 ? t('leftOut', parts.join(', ')) : t('nothingToShare');
}
