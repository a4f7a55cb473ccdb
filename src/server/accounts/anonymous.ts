import type { Logger } from 'pino';
import type { AccountStore, ShareStore, UserRecord } from '../metadata/store.ts';
import { HourlyLimit } from './hourly-limit.ts';

/** What people without an account may do. */
export interface AnonymousLimits {
  /** Bytes of all files of one sign-in; whoever shares takes a new one for each share. */
  maxSize: number;
  /** From one address. */
  filesPerHour: number;
  /** Milliseconds after which a share is removed. */
  lifetime: number;
}

/** What an address takes from; each has the hour's number for itself. */
export type Taking = 'sign-in' | 'share' | 'file';

const SLICE = 100;
/** A sign-in that nobody has used for sharing is forgotten after so long; milliseconds. */
const UNUSED = 48 * 60 * 60 * 1000;

export interface AnonymousDeps {
  /** `undefined` where only people with an account may share. */
  limits: AnonymousLimits | undefined;
  accounts: AccountStore;
  shares: Pick<ShareStore, 'expired'>;
  /** Removes a share with everything that belongs to it. */
  destroy: (share: { shareId: number }) => Promise<void>;
  log: Logger;
  /** Unix milliseconds. */
  now: () => number;
}

/** Sharing without an account, where the administrator allows it. */
export class Anonymous {
  readonly #hour: HourlyLimit | undefined;

  constructor(private readonly deps: AnonymousDeps) {
    const { limits, now } = deps;
    this.#hour = limits && new HourlyLimit(limits.filesPerHour, now);
  }

  get limits(): AnonymousLimits | undefined {
    return this.deps.limits;
  }

  /** Gives the seconds to wait when there has been too much from this address. */
  take(address: string, what: Taking, count = 1): number | undefined {
    return this.#hour?.take(`${what} ${networkOf(address)}`, count);
  }

  signIn({ maxSize }: AnonymousLimits): Promise<UserRecord> {
    return this.deps.accounts.addAnonymous(maxSize);
  }

  /** When a share that this user makes now is removed; Unix milliseconds. */
  expiryFor({ anonymous }: UserRecord): number | undefined {
    const { limits, now } = this.deps;
    return anonymous && limits ? now() + limits.lifetime : undefined;
  }

  /** Removes the shares whose time is over, also where nobody may make new ones any more. */
  async sweep(): Promise<void> {
    const { shares, accounts, destroy, log, now } = this.deps;
    try {
      for (;;) {
        const expired = await shares.expired(now(), SLICE);
        for (const share of expired) await destroy(share);
        if (expired.length > 0) log.info({ shares: expired.length }, 'expired shares removed');
        if (expired.length < SLICE) break;
      }
      await accounts.dropAnonymous(now() - UNUSED);
    } catch (error) {
      log.error({ err: error }, 'expired shares could not be removed');
    }
  }
}

/** Whoever has one address of IPv6 has all of its /64 (https://www.rfc-editor.org/rfc/rfc7934). */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
