import { type RefusedRemoval, type Removal, sharesOf } from './view-state.ts';

/** How long a deletion can be taken back, in milliseconds. */
export const UNDO_TIME = 6_000;

/** A removal that waits to be carried out, or the reason why one was not. */
export type RemovalRecord = Removal | RefusedRemoval;

export interface RemovalsOptions {
  memory: {
    get: () => Promise<RemovalRecord[] | undefined>;
    set: (removals: RemovalRecord[]) => Promise<void>;
  };
  /** Carries the removal out. Resolves with what is still there, and why. */
  carryOut: (removal: Removal) => Promise<readonly RefusedRemoval[]>;
  changed: () => void;
}

export interface Removals {
  pending: () => Removal[];
  refused: () => RefusedRemoval[];
  add: (removal: Omit<Removal, 'due'>) => Promise<void>;
  /** Somebody is looking at it: the time to undo it begins anew. */
  hold: (key: string) => Promise<void>;
  /** Takes it back; `undefined` when it is too late. Also takes note of a refusal. */
  undo: (key: string) => Promise<Removal | undefined>;
  /** Starts the clocks of what an earlier run of the background has left behind. */
  recover: () => void;
}

/** Deletions wait on disk, so that closing the popup or the background changes nothing. */
export async function openRemovals(options: RemovalsOptions): Promise<Removals> {
  const { memory, carryOut, changed } = options;
  let records = (await memory.get()) ?? [];
  const underWay = new Set<string>();

  const pending = () => records.filter((record) => 'due' in record);
  const find = (key: string) => pending().find((removal) => removal.key === key);
  const without = (key: string) => records.filter((record) => keyOf(record) !== key);

  async function change(next: RemovalRecord[]) {
    records = next;
    await memory.set(next);
    changed();
  }
  function schedule({ key, due }: Removal) {
    setTimeout(() => void execute(key), Math.max(0, due - Date.now()));
  }
  async function execute(key: string) {
    const removal = find(key);
    if (!removal || underWay.has(key)) return;
    // It was held meanwhile.
    if (removal.due > Date.now()) return schedule(removal);
    underWay.add(key);
    const refused = await carryOut(removal).finally(() => underWay.delete(key));
    await change([...without(key), ...refused]);
  }

  return {
    pending,
    refused: () => records.filter((record) => 'problem' in record),
    async add(what) {
      const removal = { ...what, due: Date.now() + UNDO_TIME };
      const again = new Set([what.key, ...sharesOf(removal)]);
      await change([...records.filter((record) => !again.has(keyOf(record))), removal]);
      schedule(removal);
    },
    async hold(key) {
      const removal = find(key);
      if (!removal) return;
      const held = { ...removal, due: Date.now() + UNDO_TIME };
      await change(records.map((record) => (record === removal ? held : record)));
    },
    async undo(key) {
      if (underWay.has(key)) return undefined;
      const removal = find(key);
      await change(without(key));
      return removal;
    },
    recover() {
      for (const removal of pending()) schedule(removal);
    },
  };
}

function keyOf(record: RemovalRecord): string {
  return 'due' in record ? record.key : record.sharename;
}

/** What comes from private windows is never written down. */
export function withoutPrivate(memory: RemovalsOptions['memory']): RemovalsOptions['memory'] {
  return {
    get: memory.get,
    set: (records) => memory.set(records.filter((record) => !('due' in record && record.private))),
  };
}
