import type { SignInRefusal } from '../account/account.ts';
import { parseServer } from '../account/server-address.ts';
import { requestOrigin } from '../platform/permissions.ts';

/** Asks for the host, then calls; first thing in a click. */
export async function atServer<R extends { ok: true }>(
  server: string,
  call: () => Promise<R | SignInRefusal>,
): Promise<R | SignInRefusal> {
  const address = parseServer(server);
  if (typeof address === 'string') return { ok: false, problem: address };
  const granted = requestOrigin(address.origin).catch(() => false);
  // The browser's question can close the popup, so the background does not wait for the answer; a
  // server that speaks CORS needs none.
  const result = await call();
  if (result.ok || result.problem !== 'no-answer' || !(await granted)) return result;
  return call();
}
