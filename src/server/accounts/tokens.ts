import { createHmac, timingSafeEqual } from 'node:crypto';
import { readToken } from '../../protocol/token.ts';
import type { AccountStore, UserRecord } from '../metadata/store.ts';

/** Life of an access token, seconds (spec section 2). */
export const ACCESS_SECONDS = 86_400;
/** The application of a token that was not asked for with a known API key. */
export const NO_APP = '0';

export interface Identity {
  user: UserRecord;
  app: string;
}

/**
 * Makes and checks tokens. A signature covers the user's token epoch, so a new password ends all
 * tokens, and a revoked app ends those made with its key.
 */
export class Tokens {
  constructor(
    private readonly secret: Buffer,
    private readonly accounts: AccountStore,
  ) {}

  access({ user, app }: Identity, now = Date.now()): string {
    const expires = Math.floor(now / 1000) + ACCESS_SECONDS;
    return this.#signed(`a.${app}.${user.publicId}.${expires}`, user.tokenEpoch);
  }

  refresh({ user, app }: Identity): string {
    return this.#signed(`r.${app}.${user.publicId}.0.0`, user.tokenEpoch);
  }

  /** Whose token this is; `undefined` when it is malformed, forged, expired or revoked. */
  async identify(token: string, kind: 'access' | 'refresh'): Promise<Identity | undefined> {
    const fields = readToken(token);
    if (fields?.kind !== kind) return undefined;
    if (kind === 'access' && fields.expires * 1000 <= Date.now()) return undefined;
    const user = await this.accounts.userByPublicId(fields.userid);
    if (!user) return undefined;
    const text = token.slice(0, token.lastIndexOf('.'));
    if (!sameText(token, this.#signed(text, user.tokenEpoch))) return undefined;
    if (fields.app !== NO_APP) {
      const app = await this.accounts.app(Number(fields.app));
      if (!app || app.revokedAt !== undefined) return undefined;
    }
    return { user, app: fields.app };
  }

  #signed(text: string, epoch: number): string {
    const mac = createHmac('sha256', this.secret).update(`token\n${text}\n${epoch}`).digest('hex');
    return `${text}.${mac}`;
  }
}

/** Compares without telling by time where the first difference is. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
