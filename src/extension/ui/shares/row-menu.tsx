import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { ServiceKind } from '../../services/capabilities.ts';
import type { Actions } from '../../views/client.ts';
import { Icon } from '../icons.tsx';
import { later } from '../later.tsx';
import type { RowActions, RowShare } from './row-actions.tsx';

const ShareMenu = later(async () => (await import('./share-menu.tsx')).ShareMenu);

export interface RowMenuProps {
  share: RowShare;
  label: string;
  service: ServiceKind;
  actions: Actions;
  does: RowActions;
  /** Each is offered where it is given. */
  rename?: (() => void) | undefined;
  details?: (() => void) | undefined;
  /** Of a share that is whole; until then it is cancelled. */
  remove?: (() => void) | undefined;
}

/**
 * A button that opens a menu, by the pattern of the ARIA Authoring Practices:
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function RowMenu({ size, ...props }: RowMenuProps & { size?: number }) {
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = t('moreFor', props.label);
  return (
    <>
      <button
        type="button"
        ref={button}
        class={size === undefined ? 'icon-button more-button' : 'icon-button'}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || !event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          open.value = true;
        }}
      >
        <Icon name="more" {...(size !== undefined && { size })} />
      </button>
      {open.value && (
        <ShareMenu
          {...props}
          title={label}
          anchor={button.current}
          close={(back) => {
            open.value = false;
            if (back) button.current?.focus();
          }}
        />
      )}
    </>
  );
}
