import { encode } from 'uqr';
import { t } from '../../platform/i18n.ts';
import { Dialog } from '../dialog.tsx';
import { shortAddress } from '../format.ts';

/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

interface QrDialogProps {
  url: string;
  label: string;
  close: () => void;
}

/** The link for the camera of a phone. */
export function QrDialog({ url, label, close }: QrDialogProps) {
  const { data, size } = encode(url, { ecc: 'M', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <Dialog label={label} close={close}>
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('qrOf', url)}>
        <path d={dark.join('')} />
      </svg>
      <a class="address" href={url} target="_blank" rel="noreferrer">
        <bdi>{shortAddress(url)}</bdi>
      </a>
    </Dialog>
  );
}
