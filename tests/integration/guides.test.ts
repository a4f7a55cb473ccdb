import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';
import {
  allBlocks,
  docCommentBlocks,
  patternOf,
  runnable,
  TEXTS,
} from '../support/guides/blocks.ts';
import { DOC_COMMENTS } from '../support/guides/doc-comments.ts';
import { GIVEN } from '../support/guides/given.ts';
import { type Services, startServices } from '../support/guides/services.ts';
import { openWorkshop, type Workshop } from '../support/guides/workshop.ts';

/** Examples for pages and extensions are compiled here and run in tests/e2e/guides.spec.ts. */
describe('the documentation', () => {
  it('has no block of code that is neither run nor says why', () => {
    const silent = allBlocks().filter(
      ({ environment, notRun, prints }) =>
        !['html', 'data'].includes(environment) && notRun === undefined && prints.length === 0,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
    const fences = TEXTS.map(
      (file) => readFileSync(at(file), 'utf8').match(/^```\w/gm)?.length ?? 0,
    );
    const found = allBlocks().length - docCommentBlocks().length;
    expect(found).toBe(fences.reduce((sum, count) => sum + count, 0));
  });

  it('leaves few blocks out', () => {
    const left = allBlocks().filter(({ notRun }) => notRun !== undefined);
    expect(left.length).toBeLessThanOrEqual(3);
  });

  it('takes as given only what is there to be given', () => {
    const names = allBlocks().flatMap(({ given }) => given);
    expect(names.filter((name) => !(name in GIVEN))).toEqual([]);
  });

  it('has an entry for each example of the doc comments, and no other', () => {
    const ids = docCommentBlocks().map(({ id }) => id);
    const entries = Object.keys(DOC_COMMENTS).map((name) => name.replaceAll('/', '-'));
    expect(entries.toSorted()).toEqual(ids.toSorted());
  });
});

describe('what the documentation shows', () => {
  let services: Services;
  let workshop: Workshop;

  beforeAll(async () => {
    services = await startServices();
    workshop = await openWorkshop(services, runnable('node', 'page', 'extension'));
  }, 300_000);

  afterAll(async () => {
    await workshop?.remove();
    await services?.stop();
  });

  it.each(runnable('node', 'shell').map((block) => [block.id, block] as const))(
    'does what it says: %s',
    async (_, block) => {
      expect(await workshop.run(block)).toMatch(patternOf(block));
    },
    90_000,
  );
});
