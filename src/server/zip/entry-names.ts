import path from 'node:path';

/**
 * Names for the files of one folder: no paths, and no two that a file system could take for the
 * same. The second `name.ext` becomes `name (2).ext` (spec section 4.13).
 */
export function entryNames(filenames: readonly string[]): string[] {
  const taken = new Set<string>();
  return filenames.map((filename) => {
    const plain = withoutPath(filename);
    const { name, ext } = path.posix.parse(plain);
    let unique = plain;
    for (let count = 2; taken.has(folded(unique)); count++) unique = `${name} (${count})${ext}`;
    taken.add(folded(unique));
    return unique;
  });
}

function withoutPath(filename: string): string {
  // A colon separates a drive on Windows.
  const name = filename.replaceAll(/[/\\:\0]/g, '_');
  return /^\.{0,2}$/.test(name) ? '_' : name;
}

/** Windows and macOS ignore case and how accents are composed. */
function folded(name: string): string {
  return name.normalize().toLowerCase();
}
