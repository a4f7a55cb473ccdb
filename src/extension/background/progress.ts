import type { JobProgress } from '../jobs/host.ts';

/** What jobs and their views have in common. */
export interface Sizes {
  id: string;
  size?: number;
  /** Bytes that had left when it last stopped. */
  sent?: number;
}

/** Bytes of a file that have left, as far as anybody knows. */
export function sentOf(
  { id, size = 0, sent = 0 }: Sizes,
  state: string,
  progress: ReadonlyMap<string, JobProgress>,
): number {
  if (state === 'done' || state === 'finishing') return size;
  if (state !== 'sending') return Math.min(size, sent);
  const figures = progress.get(id);
  if (!figures || figures.phase === 'checking') return Math.min(size, sent);
  // What is sent is the form around the file as well, a few hundred bytes more than the file.
  return Math.round(size * Math.min(1, figures.sent / (figures.total ?? Math.max(1, size))));
}

/** Of all files together, in whole percent. */
export function percentOf(
  jobs: readonly (Sizes & { state: { name: string } })[],
  progress: ReadonlyMap<string, JobProgress>,
): number {
  const size = sum(jobs.map(({ size = 0 }) => size));
  const sent = sum(jobs.map((job) => sentOf(job, job.state.name, progress)));
  return size === 0 ? 0 : Math.floor((sent / size) * 100);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
