import prettyBytes from 'pretty-bytes';

/** Writes a line to standard output; what services say in it is made harmless. */
export function print(line: string): void {
  process.stdout.write(`${clean(line)}\n`);
}

/** Writes one JSON value as a line to standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes a line for people to standard error; what services say in it is made harmless. */
export function say(line: string): void {
  process.stderr.write(`${clean(line)}\n`);
}

/**
 * A foreign text on one line, without anything that moves the cursor, changes colours or turns the
 * direction of writing. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '\ufffd');
}

export const bytes = (count: number): string => prettyBytes(count);

/** A size in a table: in units for people, exact for programs. */
export const size = (count: number): string =>
  process.stdout.isTTY ? prettyBytes(count) : String(count);

export const day = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * Rows with a head, in columns, for people; without it and divided by tabs for programs. The last
 * column is not padded, so what has an unknown width stands there.
 */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  if (!process.stdout.isTTY) {
    for (const row of rows) process.stdout.write(`${row.map(clean).join('\t')}\n`);
    return;
  }
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  for (const row of [head, ...rows]) {
    const last = row.length - 1;
    print(row.map((cell, i) => (i === last ? cell : cell.padEnd(widths[i] ?? 0))).join('  '));
  }
}
