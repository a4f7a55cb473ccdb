import { encode } from 'uqr';
import { texts } from '../../texts.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A picture of a link, for the camera of a phone. */
export function drawQr(link: string): SVGSVGElement {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET_ZONE });
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', texts.qrCodeOf(link));
  const path = document.createElementNS(SVG, 'path');
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  path.setAttribute('d', dark.join(''));
  svg.append(path);
  return svg;
}
