import { encode } from 'uqr';
import { svg } from './dom.ts';

/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A picture of a link, for the camera of a phone. */
export function drawQr(link: string, label: string): SVGSVGElement {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const viewBox = `0 0 ${size} ${size}`;
  return svg(dark.join(''), { viewBox, role: 'img', 'aria-label': label, part: 'qr' });
}
