import { useEffect } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { SharesView } from '../../views/shares.ts';
import { Icon } from '../icons.tsx';
import { say } from '../live-region.tsx';

interface SearchFieldProps {
  shares: SharesView;
  /** Escape in an empty field. One that can be folded away takes the focus when it appears. */
  close?: () => void;
}

/** Before the next key, which may be the first letter of what is searched for. */
const focus = (field: HTMLInputElement | null) => field?.focus();

export function SearchField({ shares, close }: SearchFieldProps) {
  const { text } = shares.wanted.value;
  return (
    <div class="search">
      <Icon name="search" size={16} />
      <input
        ref={close ? focus : null}
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => shares.ask({ text: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The browser would close the popup.
          event.preventDefault();
          if (text !== '') shares.ask({ text: '' });
          else close?.();
        }}
      />
    </div>
  );
}

/** What the list of found shares needs said about it. */
export function SearchState({ shares }: { shares: SharesView }) {
  const { list, wanted } = shares;
  const { phase, partial, shares: found } = list.value;
  const text = wanted.value.text.trim();
  const said =
    phase === 'searching'
      ? t('searchingOlder')
      : phase === 'ready' && text !== '' && found.length === 0
        ? t('searchNone', text)
        : partial
          ? t('searchPartial')
          : '';
  useEffect(() => {
    if (said !== '') say(said);
  }, [said]);
  return said === '' ? null : <p class="search-state">{said}</p>;
}
