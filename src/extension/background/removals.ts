import type { Removal } from './view-state.ts';

/** How long a deletion can be taken back, in milliseconds. */
export const UNDO_TIME = 6_000;

export interface RemovalsOptions {
  memory: {
    get: () => Promise<Removal[] | undefined>;
    set: (removals: Removal[]) => Promise<void>;
  };
  /** Carries the removal out. When it rejects, what was to be removed comes back. */
  carryOut: (removal: Removal) => Promise<void>;
  changed: () => void;
}

export interface Removals {
  list: () => Removal[];
  add: (removal: Omit<Removal, 'due'>) => Promise<void>;
  /** Takes it back; `undefined` when it is too late. */
  undo: (key: string) => Promise<Removal | undefined>;
  /** Starts the clocks of what an earlier run of the background has left behind. */
  recover: () => void;
}

/** Deletions wait on disk, so that closing the popup or the background changes nothing. */
export async function openRemovals(options: RemovalsOptions): Promise<Removals> {
  const { memory, carryOut, changed } = options;
  let removals = (await memory.get()) ?? [];

  async function change(next: Removal[]) {
    removals = next;
    await memory.set(next);
    changed();
  }
  const without = (key: string) => removals.filter((removal) => removal.key !== key);

  function schedule(removal: Removal) {
    setTimeout(() => void execute(removal), Math.max(0, removal.due - Date.now()));
  }
  async function execute(removal: Removal) {
    if (!removals.includes(removal)) return;
    await carryOut(removal).catch(() => undefined);
    await change(without(removal.key));
  }

  return {
    list: () => removals,
    async add(what) {
      const removal = { ...what, due: Date.now() + UNDO_TIME };
      await change([...without(what.key), removal]);
      schedule(removal);
    },
    async undo(key) {
      const removal = removals.find((removal) => removal.key === key);
      if (removal) await change(without(key));
      return removal;
    },
    recover() {
      for (const removal of removals) schedule(removal);
    },
  };
}
