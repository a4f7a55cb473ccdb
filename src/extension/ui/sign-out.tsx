import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AccountItem } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';

interface SignOutProps {
  account: AccountItem;
  signOut: (id: string) => Promise<void>;
  /** How the button looks where it stands. */
  class: string;
}

/** Signs out; asks first when files of the account are still waiting. */
export function SignOut({ account, signOut, class: style }: SignOutProps) {
  const asking = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  const { id, waiting, profile } = account;

  useEffect(() => {
    if (asking.value) stay.current?.focus();
  }, [asking.value]);

  if (asking.value) {
    return (
      <div class="sign-out-question" role="alert">
        <p>{plural('signOutWaiting', waiting)}</p>
        <button type="button" class="button" onClick={() => void signOut(id)}>
          {t('signOutAnyway')}
        </button>
        <button
          type="button"
          class="button"
          ref={stay}
          onClick={() => {
            asking.value = false;
            requestAnimationFrame(() => button.current?.focus());
          }}
        >
          {t('keepSignedIn')}
        </button>
      </div>
    );
  }
  return (
    <button
      type="button"
      ref={button}
      class={style}
      aria-description={profile.email}
      onClick={() => {
        if (waiting > 0) asking.value = true;
        else void signOut(id);
      }}
    >
      {t('signOut')}
    </button>
  );
}
