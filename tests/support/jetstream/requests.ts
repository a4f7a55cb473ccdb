import { CODES, Refusal } from './refusal.ts';
import type { World } from './world.ts';

interface QueuedWork {
  readonly work: Promise<unknown>;
  processing: boolean;
  status: string;
  errorMessage: string;
  endedAt: number;
}

/** Results are forgotten ten minutes after the end, by the clock that tests move. */
const LIFETIME_MICROS = 600_000_000;

/** What `…Async` methods have queued over one connection. */
export class Requests {
  readonly #world: World;
  readonly #requests = new Map<unknown, QueuedWork>();

  constructor(world: World) {
    this.#world = world;
  }

  add(work: Promise<unknown>): { requestId: number } {
    const requestId = this.#requests.size + 1;
    const queued: QueuedWork = {
      work,
      processing: true,
      status: 'queued',
      errorMessage: '',
      endedAt: Infinity,
    };
    const end = (status: string, errorMessage: string) =>
      Object.assign(queued, {
        processing: false,
        status,
        errorMessage,
        endedAt: this.#world.now,
      });
    work.then(
      () => end('complete', ''),
      (error: unknown) => end('error', error instanceof Error ? error.message : String(error)),
    );
    this.#requests.set(requestId, queued);
    return { requestId };
  }

  status(requestId: unknown) {
    const { processing, status, errorMessage } = this.#find(requestId);
    return { requestId, processing, status, errorMessage };
  }

  result(requestId: unknown): Promise<unknown> {
    return this.#find(requestId).work;
  }

  #find(requestId: unknown): QueuedWork {
    const queued = this.#requests.get(requestId);
    if (!queued || queued.endedAt + LIFETIME_MICROS < this.#world.now) {
      throw new Refusal(CODES.requestForgotten, `request ${String(requestId)} is not known`);
    }
    return queued;
  }
}
