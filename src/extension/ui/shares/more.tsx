import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../platform/i18n.ts';
import type { SharesView } from '../../views/shares.ts';

/** How far below the edge of the window the end may be that loads more, in CSS pixels. */
const NEAR = 200;

/** The end of a list: goes on by itself when it comes near, and by a button for keyboards. */
export function More({ shares }: { shares: SharesView }) {
  const button = useRef<HTMLButtonElement>(null);
  const { more, shares: shown, phase } = shares.list.value;
  useEffect(() => {
    const target = button.current;
    if (!target) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && shares.more(), {
      rootMargin: `${NEAR}px`,
    });
    // It looks once at the start: a list that does not fill the window goes on at once.
    observer.observe(target);
    return () => observer.disconnect();
  }, [more, shown.length]);
  if (more) {
    return (
      <button type="button" ref={button} class="button more" onClick={() => shares.more()}>
        {t('showMore')}
      </button>
    );
  }
  return shown.length > 5 && phase === 'ready' ? <p class="all">{t('thatIsAll')}</p> : null;
}
