import { expect, it } from 'vitest';
import type { JobView } from '../../../../src/extension/background/view-state.ts';
import { batchesOf } from '../../../../src/extension/ui/batches.ts';

const file = (id: string, state: JobView['state']): JobView => ({
  id,
  batch: 'summer',
  name: `${id}.mov`,
  size: 100,
  link: 'first',
  state,
});
const figures = (id: string, sent: number) =>
  [id, { id, phase: 'sending', sent, total: 100, from: 0 }] as const;

it('the file that is shown to move is the first that is being sent, with its own figures', () => {
  const jobs = [file('a', 'finishing'), file('b', 'sending'), file('c', 'sending')];
  const [batch] = batchesOf(jobs, new Map([figures('b', 40), figures('c', 10)]));
  expect(batch?.mover).toMatchObject({ name: 'b.mov', sent: 40 });
  expect(batch?.jobs.map(({ sent }) => sent)).toEqual([100, 40, 10]);
  const [later] = batchesOf([file('a', 'done'), file('b', 'finishing')], new Map());
  expect(later?.mover).toMatchObject({ name: 'b.mov', sent: 100 });
});

it('a share that was deleted has no link any more, although a file of it still holds it', () => {
  const link = { url: 'http://ge.tt/1aB', sharename: '1aB' };
  const failure = { code: 'share-gone', detail: '' } as const;
  const jobs: JobView[] = [
    { ...file('a', 'failed'), failure },
    { ...file('b', 'announced'), ...link },
  ];
  expect(batchesOf(jobs, new Map())[0]).not.toHaveProperty('url');
  expect(batchesOf(jobs.slice(1), new Map())[0]).toMatchObject(link);
});
