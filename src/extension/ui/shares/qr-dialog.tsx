import { useEffect, useRef } from 'preact/hooks';
import { encode } from 'uqr';
import { t } from '../../platform/i18n.ts';
import { shortAddress } from '../format.ts';
import { FileName } from '../parts.tsx';

/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

interface QrDialogProps {
  url: string;
  label: string;
  close: () => void;
}

/** The link for the camera of a phone. */
export default function QrDialog({ url, label, close }: QrDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, size } = encode(url, { ecc: 'M', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="qr"
      aria-labelledby="qr-heading"
      onClose={close}
      // Outside of what it holds is its backdrop.
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Left to the browser, it would close the popup as well.
        event.preventDefault();
        dialog.current?.close();
      }}
    >
      <div class="qr-content">
        <h2 class="title" id="qr-heading">
          <FileName name={label} />
        </h2>
        <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('qrOf', url)}>
          <path d={dark.join('')} />
        </svg>
        <a class="address" href={url} target="_blank" rel="noreferrer">
          <bdi>{shortAddress(url)}</bdi>
        </a>
        <button type="button" class="button wide" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </div>
    </dialog>
  );
}
