import path from 'node:path';
import { clean } from './output.ts';

/** A foreign name may not lead elsewhere, hide the file, or be one that a system keeps for itself. */
export function safeName(filename: string): string {
  const base = clean(filename.split(/[/\\]/).at(-1) ?? '');
  const name = base.replace(/[<>:"|?*\ufffd]/g, '_').replace(/^\.+|[. ]+$/g, '_');
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name || '_';
}

/** The second of equal names becomes `name (2).ext`. */
export function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  const { name: stem, ext } = path.parse(name);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${stem} (${n})${ext}`;
  return free;
}
