import type { Taken } from './taking.ts';
import type { DropTexts } from './texts.ts';

/** What a component takes, from its attributes. */
export interface Wanted {
  multiple: boolean;
  /** As in `<input accept>`; empty for everything. */
  accept: string;
  /** Bytes of one file. */
  maxSize: number;
}

/** Many files, or much, is asked about before it is shared. */
const MANY_FILES = 100;
const MANY_BYTES = 1_000_000_000;

export const isMuch = ({ files }: Taken): boolean =>
  files.length > MANY_FILES || sizeOf({ files }) > MANY_BYTES;

export const sizeOf = ({ files }: Pick<Taken, 'files'>): number =>
  files.reduce((sum, { content }) => sum + content.size, 0);

/** What of the taken files is wanted, and what is said of the rest. */
export function choose(
  taken: Taken,
  { multiple, accept, maxSize }: Wanted,
  texts: DropTexts,
): { taken: Taken; said: readonly string[] } {
  const said: string[] = [];
  const unread = taken.unread?.map(({ name }) => name) ?? [];
  if (unread.length > 0) said.push(texts.notRead(unread));
  const [accepted, others] = split(taken.files, ({ content }) => isAccepted(content, accept));
  if (others.length > 0) said.push(texts.notAccepted(others.map(({ name }) => name)));
  const [fitting, tooLarge] = split(accepted, ({ content }) => content.size <= maxSize);
  if (tooLarge.length > 0) {
    said.push(
      texts.tooLarge(
        tooLarge.map(({ name }) => name),
        maxSize,
      ),
    );
  }
  const few = multiple ? fitting : fitting.slice(0, 1);
  if (few.length < fitting.length) said.push(texts.onlyOne);
  const title = few.length > 1 || multiple ? taken.title : undefined;
  if (few.length === 0 && said.length === 0) said.push(texts.nothingToShare);
  return { taken: { title, files: few }, said };
}

/** https://html.spec.whatwg.org/multipage/input.html#attr-input-accept */
function isAccepted({ name, type }: File, accept: string): boolean {
  const kinds = accept
    .toLowerCase()
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '');
  return (
    kinds.length === 0 ||
    kinds.some((kind) => {
      if (kind.startsWith('.')) return name.toLowerCase().endsWith(kind);
      if (kind.endsWith('/*')) return type.startsWith(kind.slice(0, -1));
      return type === kind;
    })
  );
}

function split<T>(all: readonly T[], is: (item: T) => boolean): [T[], T[]] {
  return [all.filter((item) => is(item)), all.filter((item) => !is(item))];
}
