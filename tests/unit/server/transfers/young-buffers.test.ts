import { constants, PerformanceObserver } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { YoungBuffers } from '../../../../src/server/transfers/young-buffers.ts';

const MIB = 1024 * 1024;

let kinds: unknown[];
let observer: PerformanceObserver;
beforeEach(() => {
  kinds = [];
  observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const detail: unknown = Reflect.get(entry, 'detail');
      kinds.push(Reflect.get(Object(detail), 'kind'));
    }
  });
  observer.observe({ entryTypes: ['gc'] });
});
afterEach(() => observer.disconnect());

test('V8 looks for dead buffers among the new ones once 12 MiB have been stored', async () => {
  const buffers = new YoungBuffers();
  const minor = () => kinds.filter((kind) => kind === constants.NODE_PERFORMANCE_GC_MINOR).length;
  buffers.stored(12 * MIB - 1);
  await new Promise((resolve) => setTimeout(resolve));
  const before = minor();
  buffers.stored(1);
  await expect.poll(minor).toBeGreaterThan(before);
});
