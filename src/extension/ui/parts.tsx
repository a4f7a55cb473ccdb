import { formatPercent, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { formatBytes } from './format.ts';
import { Icon, type IconName } from './icons.tsx';

export function Thumbnail({ src, icon }: { src: string | undefined; icon: IconName }) {
  return (
    <span class="thumbnail">
      <Icon name={icon} />
      {src !== undefined && (
        <img
          src={src}
          alt=""
          loading="lazy"
          // A picture that does not load leaves the sign behind it.
          onError={({ currentTarget }) => currentTarget.remove()}
        />
      )}
    </span>
  );
}

/** A name in its own writing direction, cut so that its ending stays visible. */
export function FileName({ name }: { name: string }) {
  const cut = Math.max(0, name.length - 8);
  return (
    <bdi class="file-name" title={name}>
      <span class="file-name-start">{name.slice(0, cut)}</span>
      <span class="file-name-end">{name.slice(cut)}</span>
    </bdi>
  );
}

export function ProgressBar({ label, sent, size, pulsing, left }: ProgressProps) {
  const fraction = size > 0 ? sent / size : 0;
  const percent = formatPercent(fraction);
  const text = left === undefined ? percent : t('percentAndTime', percent, left);
  return (
    <div
      class={pulsing ? 'bar pulsing' : 'bar'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
      aria-valuetext={pulsing ? t('finishing') : text}
    >
      <span style={{ inlineSize: `${pulsing ? 100 : fraction * 100}%` }} />
    </div>
  );
}

interface ProgressProps {
  label: string;
  sent: number;
  size: number;
  /** All has been sent; the answer is awaited. */
  pulsing: boolean;
  /** How much longer it takes, once that can be told. */
  left: string | undefined;
}

export function CopyButton({ name, url, copied, copy, label }: CopyButtonProps) {
  const done = url !== undefined && copied === url;
  return (
    <button
      type="button"
      class={done ? 'button copy copied' : 'button copy'}
      disabled={url === undefined}
      aria-label={t('copyLinkTo', name)}
      title={url === undefined ? t('linkFollows') : undefined}
      onClick={() => url !== undefined && copy([{ title: name, url }])}
    >
      {done && <Icon name="check" size={16} />}
      {done ? t('copied') : label}
    </button>
  );
}

interface CopyButtonProps {
  name: string;
  url: string | undefined;
  /** The link that was copied a moment ago. */
  copied: string | undefined;
  copy: Actions['copy'];
  label: string;
}

/** Part of the storage from which on it is said that it ends. */
const NEARLY_FULL = 0.9;

/** Up to this part of the storage, there is room left worth speaking of. */
export const FULL = 0.99;

/** @param secret in a private window, which has to be said. */
export function Storage({ used, limit, secret = false }: StorageProps) {
  const fraction = limit > 0 ? Math.min(1, used / limit) : 0;
  const nearlyFull = fraction >= NEARLY_FULL;
  const text = fraction >= FULL ? 'storageFull' : nearlyFull ? 'storageNearlyFull' : 'storageUsed';
  return (
    <footer class={nearlyFull ? 'storage nearly-full' : 'storage'}>
      {secret && <span class="private">{t('privateFooter')}</span>}
      {nearlyFull && <Icon name="warning" size={16} />}
      <span>{t(text, formatBytes(used), formatBytes(limit))}</span>
      <span
        class="bar"
        role="meter"
        aria-label={t('storageBar')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(fraction * 100)}
      >
        <span style={{ inlineSize: `${fraction * 100}%` }} />
      </span>
    </footer>
  );
}

interface StorageProps {
  used: number;
  limit: number;
  secret?: boolean;
}
