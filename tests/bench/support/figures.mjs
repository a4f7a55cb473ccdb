/**
 * One line of the result. All figures of a line have the same unit.
 * @typedef {object} Figure
 * @property {string} measure
 * @property {string} unit
 * @property {number} ours
 * @property {{ name: string, figure: number }} peer what ours is compared with
 * @property {string} [target] in words; absent where the figure is only for comparison
 * @property {boolean} [met]
 * @property {{ ours: number[], peer: number[] }} rounds
 */

/** @param {readonly number[]} values @param {number} share between 0 and 1 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/** Three digits are more than a bench can promise. @param {number} value */
const short = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '∞');

/** @param {Figure} figure */
export const ratio = ({ ours, peer }) => ours / peer.figure;

/** @param {readonly Figure[]} figures */
export function table(figures) {
  const rows = figures.map((figure) => [
    figure.measure,
    `${short(figure.ours)} ${figure.unit}`,
    `${short(figure.peer.figure)} ${figure.unit} (${figure.peer.name})`,
    short(ratio(figure)),
    figure.target ?? '',
    figure.met === undefined ? '' : figure.met ? 'met' : 'missed',
  ]);
  const lines = [['measure', 'ours', 'compared with', 'ratio', 'target', ''], ...rows];
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
    .join('\n');
}
