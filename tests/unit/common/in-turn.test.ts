import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTurn } from '../../../src/common/in-turn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a message stays for a second before the next one takes its place', () => {
  const shown: string[] = [];
  const say = inTurn((text) => shown.push(text));
  say('Link copied');
  say('lake.png is shared');
  expect(shown).toEqual(['Link copied']);
  vi.advanceTimersByTime(999);
  expect(shown).toEqual(['Link copied']);
  vi.advanceTimersByTime(1);
  expect(shown).toEqual(['Link copied', 'lake.png is shared']);
});

test('what is said after a silence is said at once, and so are the same words once more', () => {
  const shown: string[] = [];
  const say = inTurn((text) => shown.push(text));
  say('Link copied');
  vi.advanceTimersByTime(5_000);
  say('Link copied');
  expect(shown).toEqual(['Link copied', 'Link copied']);
});

test('two places speak each for themselves', () => {
  const shown: string[] = [];
  inTurn((text) => shown.push(text))('one');
  inTurn((text) => shown.push(text))('two');
  expect(shown).toEqual(['one', 'two']);
});
