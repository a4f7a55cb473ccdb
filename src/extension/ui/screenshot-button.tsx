import { useRef } from 'preact/hooks';
import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { Icon } from './icons.tsx';

const SHAPES = [
  { shape: 'visible', label: 'screenshotVisible' },
  { shape: 'area', label: 'screenshotArea' },
  { shape: 'full', label: 'screenshotFull' },
] as const;

/** Offers pictures of the page that is in front. */
export function ScreenshotButton({ take }: { take: Actions['screenshot'] }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  return (
    <details
      class="menu screenshot"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        // The popup itself closes on Escape too.
        event.preventDefault();
        close();
        menu.current.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !menu.current?.contains(relatedTarget)) close();
      }}
    >
      <summary class="button">
        <Icon name="screenshot" />
        {t('screenshot')}
        <Icon name="chevron" size={16} />
      </summary>
      <div class="menu-panel">
        {SHAPES.map(({ shape, label }) => (
          <button
            type="button"
            class="menu-item"
            key={shape}
            onClick={() => {
              close();
              void take(shape);
            }}
          >
            {t(label)}
          </button>
        ))}
      </div>
    </details>
  );
}
