/** Characters that no file system takes, and controls, those of the writing direction among them. */
const FORBIDDEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069\\/:*?"<>|]+/gu;
const LONGEST = 120;

/**
 * Names a picture: after its address, else after what its server calls it, else after the page.
 * The ending always follows the real format.
 */
export function pictureName(facts: {
  src: string;
  disposition: string | null;
  pageTitle: string;
  extension: string;
}): string {
  const { src, disposition, pageTitle, extension } = facts;
  const stem =
    withoutEnding(lastSegment(src)) ||
    withoutEnding(nameInDisposition(disposition)) ||
    clean(pageTitle) ||
    'picture';
  const kept = endingOf(lastSegment(src)) || endingOf(nameInDisposition(disposition));
  return `${stem}.${sameFormat(kept, extension) ? kept : extension}`;
}

/** Names a film or sound like a picture; `extension` is right already. */
export function mediaName(facts: Parameters<typeof pictureName>[0]): string {
  const { src, disposition, pageTitle, extension } = facts;
  const stem =
    withoutEnding(lastSegment(src)) ||
    withoutEnding(nameInDisposition(disposition)) ||
    clean(pageTitle) ||
    'media';
  return extension ? `${stem}.${extension}` : stem;
}

/** The ending of an address, without its dot; empty where there is none. */
export function endingOfAddress(src: string): string {
  return endingOf(lastSegment(src)).toLowerCase();
}

/** What to call a picture whose bytes are not known yet. */
export function provisionalName(src: string, pageTitle: string): string {
  return clean(lastSegment(src)) || clean(pageTitle) || 'picture';
}

function lastSegment(src: string): string {
  if (!/^https?:/i.test(src)) return '';
  const path = new URL(src).pathname.replace(/\/+$/, '');
  return decode(path.slice(path.lastIndexOf('/') + 1));
}

/** RFC 6266: `filename*` is preferred to `filename`. */
function nameInDisposition(header: string | null): string {
  const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (extended !== undefined) return decode(extended.trim());
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(header ?? '');
  return (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? '').trim();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutEnding(name: string): string {
  return clean(name.replace(/\.(?:[a-z]{2,5}|mp[34]|m4[av]|3gp)$/i, ''));
}

function endingOf(name: string): string {
  return /\.([a-z]{2,5}|mp[34]|m4[av]|3gp)$/i.exec(name)?.[1] ?? '';
}

function sameFormat(ending: string, extension: string): boolean {
  const lower = ending.toLowerCase();
  return lower === extension || (extension === 'jpg' && (lower === 'jpeg' || lower === 'jpe'));
}

/** A name that every file system takes. */
export function clean(name: string): string {
  return name.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}
