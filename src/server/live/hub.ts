import type { LiveMessage } from '../../protocol/live.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';

/** Whom messages about a file are for. */
export interface Addressee {
  ownerId: number;
  /** The session that announced the file. */
  session?: string | undefined;
}

/** Somebody who has connected with a valid token. */
export interface Listener {
  send(text: string): void;
}

/** Whether the session of a file is connected. */
export interface Presence {
  isLive(of: Addressee): boolean;
  /** The user whose session this is, while it is connected. */
  ownerOf(session: string): number | undefined;
  /** Calls back when the session comes or goes. Gives the way to stop it. */
  onPresence(session: string, listener: () => void): () => void;
}

/** Why somebody cannot join: the session is somebody else's (spec section 6.2), or too many are there. */
export type JoinRefusal = 'foreign-session' | 'too-many';

/** Who is connected to this process, and the way to them. */
export class LiveHub implements Presence {
  readonly #sessions = new Map<string, { ownerId: number; listeners: Set<Listener> }>();
  readonly #users = new Map<number, Set<Listener>>();
  readonly #presence = new Map<string, Set<() => void>>();

  constructor(private readonly limits: Pick<LiveLimits, 'perUser'> = LIVE_LIMITS) {}

  /** Gives the way to leave again, or why there is none. */
  join(listener: Listener, ownerId: number, session: string): (() => void) | JoinRefusal {
    const group = this.#sessions.get(session) ?? { ownerId, listeners: new Set() };
    if (group.ownerId !== ownerId) return 'foreign-session';
    const mine = this.#users.get(ownerId) ?? new Set();
    if (mine.size >= this.limits.perUser) return 'too-many';
    this.#sessions.set(session, group);
    this.#users.set(ownerId, mine);
    group.listeners.add(listener);
    mine.add(listener);
    if (group.listeners.size === 1) this.#tell(session);
    return () => {
      mine.delete(listener);
      if (mine.size === 0) this.#users.delete(ownerId);
      group.listeners.delete(listener);
      if (group.listeners.size > 0) return;
      this.#sessions.delete(session);
      this.#tell(session);
    };
  }

  ownerOf(session: string): number | undefined {
    return this.#sessions.get(session)?.ownerId;
  }

  isLive({ ownerId, session }: Addressee): boolean {
    return session !== undefined && this.ownerOf(session) === ownerId;
  }

  /** Whether nobody is connected at all. */
  get isEmpty(): boolean {
    return this.#users.size === 0;
  }

  onPresence(session: string, listener: () => void): () => void {
    const listeners = this.#presence.get(session) ?? new Set();
    this.#presence.set(session, listeners.add(listener));
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) this.#presence.delete(session);
    };
  }

  #tell(session: string): void {
    for (const listener of this.#presence.get(session) ?? []) listener();
  }

  /** To the session that announced the file, else to all connections of its owner (section 6.4). */
  send(to: Addressee, message: LiveMessage): void {
    const group = to.session === undefined ? undefined : this.#sessions.get(to.session);
    const listeners = group?.ownerId === to.ownerId ? group.listeners : this.#users.get(to.ownerId);
    if (!listeners) return;
    const text = JSON.stringify(message);
    for (const listener of listeners) listener.send(text);
  }
}
