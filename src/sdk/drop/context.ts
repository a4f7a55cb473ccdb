import type { DropEvents } from './events.ts';
import type { DropTexts } from './texts.ts';

/** What every part of one component works with. */
export interface DropContext {
  readonly root: ShadowRoot;
  readonly texts: DropTexts;
  /** Says a sentence to those who listen instead of looking, when they have time. */
  announce: (sentence: string) => void;
  /** Says at once what has gone wrong. */
  alarm: (sentence: string) => void;
  emit: <T extends keyof DropEvents>(type: T, detail: DropEvents[T]) => void;
  /** What can be taken back for a moment, the latest by Ctrl+Z. Gives the way to forget it. */
  undoable: (undo: () => void) => () => void;
}
