import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { Disclosure } from './disclosure.tsx';
import { Icon } from './icons.tsx';

const SHAPES = [
  { shape: 'visible', label: 'screenshotVisible' },
  { shape: 'area', label: 'screenshotArea' },
  { shape: 'full', label: 'screenshotFull' },
] as const;

/** Offers pictures of the page that is in front. */
export function ScreenshotButton({ take }: { take: Actions['screenshot'] }) {
  return (
    <Disclosure
      class="menu screenshot"
      summary={
        <summary class="button">
          <Icon name="screenshot" />
          {t('screenshot')}
          <Icon name="chevron" size={16} />
        </summary>
      }
    >
      {(close) =>
        SHAPES.map(({ shape, label }) => (
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
        ))
      }
    </Disclosure>
  );
}
