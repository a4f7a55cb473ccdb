import type { Params, ParamTable } from './params.ts';
import { CODES, Refusal } from './refusal.ts';
import type { Identity, World } from './world.ts';

/** What a method may use: the world, who speaks, and a way to become somebody. */
export interface Context {
  readonly world: World;
  readonly identity: Identity;
  become: (identity: Identity) => void;
  /** Resolves when the structure has stopped; only tests make that happen. */
  stopped: (structure: { processing: boolean }) => Promise<void>;
}

export interface GatewayMethod {
  params: ParamTable;
  /** May be called by a connection that has not signed in. */
  open?: true;
  /** Exists as `…Async` only. */
  asyncOnly?: true;
  run(context: Context, params: Params): unknown;
}

export type MethodTable = Record<string, GatewayMethod>;

export const text = (params: Params, name: string): string => String(params[name]);

/** Objects are visible to their owner and to superusers; others do not learn that they exist. */
export function isVisible(
  { identity }: Context,
  object: { owner?: string | null | undefined },
): boolean {
  return identity.superuser || object.owner === identity.owner;
}

export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Refusal(CODES.notFound, `no such ${what}`);
  return value;
}
