/** Letters at the end of a name that are shown however narrow the page is. */
const TAIL = 9;
const SHORT = 20;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name as it is shown. Characters that turn the direction of writing are left out: with them
 * `gpj.exe` reads as `exe.jpg` (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing).
 */
export function shownName(name: string): string {
  return name.replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Cuts a name where the middle may be hidden, so that the ending stays visible. */
export function splitName(name: string): { head: string; tail: string } {
  const letters = [...graphemes.segment(shownName(name))].map(({ segment }) => segment);
  const at = letters.length > SHORT ? letters.length - TAIL : letters.length;
  return { head: letters.slice(0, at).join(''), tail: letters.slice(at).join('') };
}
