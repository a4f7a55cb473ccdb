import { DecodeError, object, string } from '../../protocol/decoder.ts';
import { type AddressProblem, parseServer, type ServerAddress } from './server-address.ts';

/** What is looked at, in this order. */
export type ServerTestStep = 'reachable' | 'protocol' | 'permission';

export type ServerTestProblem =
  | AddressProblem
  | 'no-answer'
  /** Over `https:`; browsers do not tell scripts whether it is the certificate. */
  | 'no-secure-answer'
  | 'wrong-kind'
  | 'not-allowed';

/** How far a test is. Steps that are not named have not begun. */
export interface ServerTestState {
  passed: readonly ServerTestStep[];
  running?: ServerTestStep;
  problem?: { step: ServerTestStep; problem: ServerTestProblem };
}

export interface ServerTestOptions {
  /** Whether the extension may speak to the server; asked for in the click already. */
  granted: Promise<boolean>;
  /** Hears of every change. */
  onState: (state: ServerTestState) => void;
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch;
}

const TIMEOUT = 10_000;

/** What a Ge.tt server answers to whom it does not know (API sections 1.3 and 4.2). */
const refusal = object({ error: string });

/**
 * Tries an address out before anybody signs in there. Nothing but the question who asks is sent.
 *
 * @returns the address when every step has passed
 */
export async function testServer(
  text: string,
  { granted, onState, fetch = globalThis.fetch }: ServerTestOptions,
): Promise<ServerAddress | undefined> {
  const passed: ServerTestStep[] = [];
  const begin = (running: ServerTestStep) => onState({ passed: [...passed], running });
  const fail = (step: ServerTestStep, problem: ServerTestProblem) => {
    onState({ passed: [...passed], problem: { step, problem } });
    return undefined;
  };

  begin('reachable');
  const address = parseServer(text);
  if (typeof address === 'string') return fail('reachable', address);
  const allowed = await granted;
  const answer = await ask(fetch, address);
  if (!answer) {
    const secure = address.address.startsWith('https:');
    // Without permission a server that speaks no CORS looks as if it were not there.
    if (!allowed) return fail('permission', 'not-allowed');
    return fail('reachable', secure ? 'no-secure-answer' : 'no-answer');
  }
  passed.push('reachable');
  begin('protocol');
  if (!(await speaksGett(answer))) return fail('protocol', 'wrong-kind');
  passed.push('protocol');
  begin('permission');
  if (!allowed) return fail('permission', 'not-allowed');
  passed.push('permission');
  onState({ passed: [...passed] });
  return address;
}

async function ask(
  fetch: typeof globalThis.fetch,
  { baseUrl }: ServerAddress,
): Promise<Response | undefined> {
  try {
    return await fetch(`${baseUrl}/users/me`, {
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    return undefined;
  }
}

async function speaksGett(answer: Response): Promise<boolean> {
  if (answer.status !== 401 && answer.status !== 400) return false;
  try {
    refusal(await answer.json(), 'answer');
    return true;
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError) return false;
    throw error;
  }
}
