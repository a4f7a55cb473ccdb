import type { Kysely, Transaction } from 'kysely';
import { asError } from '../errors.ts';
import type { Tables } from './schema.ts';

interface Job {
  run(trx: Transaction<Tables>): Promise<() => void>;
  reject(error: Error): void;
}

/**
 * Runs changes that come together in one transaction and makes them durable with one sync. A
 * change that comes while a sync is running would have to wait for the next one in any case, so
 * nobody waits longer, and under load a commit is paid for by many.
 */
export class GroupCommit {
  #waiting: Job[] = [];
  #running = false;

  /** @param durable resolves when everything committed before the call survives a power cut. */
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly durable: () => Promise<void>,
  ) {}

  /**
   * Resolves when what `change` did survives a power cut. It may run twice, the second time after
   * the first has been rolled back, so it must not have effects outside the database.
   */
  run<T>(change: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        async run(trx) {
          const result = await change(trx);
          return () => resolve(result);
        },
        reject,
      });
      if (!this.#running) void this.#loop();
    });
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting;
      this.#waiting = [];
      const done = await this.#commit(jobs);
      try {
        if (done.length > 0) await this.durable();
        for (const { resolve } of done) resolve();
      } catch (error) {
        for (const { job } of done) job.reject(asError(error));
      }
    }
    this.#running = false;
  }

  /** When one fails, each gets a transaction of its own, so that it fails alone. */
  async #commit(jobs: readonly Job[]): Promise<{ job: Job; resolve: () => void }[]> {
    try {
      return await this.db.transaction().execute(async (trx) => {
        const done = [];
        for (const job of jobs) done.push({ job, resolve: await job.run(trx) });
        return done;
      });
    } catch (error) {
      if (jobs.length > 1)
        return (await Promise.all(jobs.map((job) => this.#commit([job])))).flat();
      jobs[0]?.reject(asError(error));
      return [];
    }
  }
}
