import type { FileKey } from '../metadata/store.ts';
import type { Presence } from './hub.ts';
import type { LiveTiming } from './timing.ts';

/** Bounds on those who wait; each holds a connection open. */
const MAX_WAITING_FOR_FILE = 1_000;
const MAX_WAITING = 10_000;
/** A visitor who was sent on to the bytes gets there within this time; milliseconds. */
const REDIRECT_TIME = 10_000;

export interface EarlyReadersDeps {
  /** Calls back when an upload of the file begins, gets bytes or ends. */
  uploads: { onChange(file: FileKey, listener: () => void): () => void };
  presence: Presence;
  /** Tells the session that somebody asks for the file. */
  notifier: { download(file: FileKey, increment: boolean): void };
  timing: Pick<LiveTiming, 'firstByte' | 'sessionBack'>;
}

/** A file that nobody has sent yet, announced by a session that is connected. */
export interface AwaitedFile extends FileKey {
  ownerId: number;
  session: string;
}

/** Emits `close` when the visitor has gone. */
interface Visitor {
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

const keyOf = ({ shareId, fileid }: FileKey) => `${shareId}/${fileid}`;

/** Visitors who wait for files that are not there yet (spec section 6.5). */
export class EarlyReaders {
  readonly #waits = new Set<Wait>();
  readonly #waiting = new Map<string, number>();
  readonly #redirected = new Map<string, NodeJS.Timeout[]>();

  constructor(private readonly deps: EarlyReadersDeps) {}

  /** A visitor was told of, and is on the way to where the bytes will be. */
  redirected(file: FileKey): void {
    const key = keyOf(file);
    const timer = setTimeout(() => this.#arrived(key), REDIRECT_TIME).unref();
    const timers = this.#redirected.get(key);
    if (timers) timers.push(timer);
    else this.#redirected.set(key, [timer]);
  }

  /** Begins to wait; `undefined` when too many do already. The caller closes the wait. */
  wait(file: AwaitedFile, visitor: Visitor): Wait | undefined {
    const key = keyOf(file);
    const full = (this.#waiting.get(key) ?? 0) >= MAX_WAITING_FOR_FILE;
    if (full || this.#waits.size >= MAX_WAITING) return undefined;
    const wait = new Wait(this.deps, file, visitor, () => {
      this.#waits.delete(wait);
      add(this.#waiting, key, -1);
    });
    this.#waits.add(wait);
    add(this.#waiting, key, 1);
    // Each visitor is told of once, with the request that comes first.
    if (!this.#arrived(key)) this.deps.notifier.download(file, false);
    return wait;
  }

  /** Ends all waiting. */
  stop(): void {
    for (const wait of this.#waits) wait.giveUp();
  }

  /** Whether somebody was on the way, who is then no longer: the first that set out. */
  #arrived(key: string): boolean {
    const timers = this.#redirected.get(key);
    if (!timers) return false;
    clearTimeout(timers.shift());
    if (timers.length === 0) this.#redirected.delete(key);
    return true;
  }
}

/** One visitor's wait. It leaves no listener and no timer behind once it is closed. */
export class Wait {
  readonly #undo: (() => void)[];
  #sessionTimer: NodeJS.Timeout | undefined;
  #changed = false;
  #over = false;
  #wake: (() => void) | undefined;

  constructor(
    { uploads, presence, timing }: EarlyReadersDeps,
    file: AwaitedFile,
    visitor: Visitor,
    private readonly onClose: () => void,
  ) {
    const giveUp = () => this.giveUp();
    const deadline = setTimeout(giveUp, timing.firstByte);
    const onPresence = () => {
      clearTimeout(this.#sessionTimer);
      if (presence.isLive(file)) return;
      this.#sessionTimer = setTimeout(giveUp, timing.sessionBack);
    };
    onPresence();
    visitor.once('close', giveUp);
    this.#undo = [
      () => clearTimeout(deadline),
      () => clearTimeout(this.#sessionTimer),
      () => visitor.off('close', giveUp),
      presence.onPresence(file.session, onPresence),
      uploads.onChange(file, () => {
        this.#changed = true;
        this.#wake?.();
      }),
    ];
  }

  /** Resolves to `true` when something has happened to the file, to `false` when waiting is over. */
  async change(): Promise<boolean> {
    if (!this.#changed && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#changed = false;
    return !this.#over;
  }

  giveUp(): void {
    this.#over = true;
    this.#wake?.();
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.onClose();
  }
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
