import { describe, expect, it } from 'vitest';
import { barLine } from '../../../src/cli/bar.ts';

const state = { label: 'film.mkv', sent: 25e6, total: 100e6, speed: 5e6, timeLeft: 15_000 };

describe('the line of the bar', () => {
  it('tells the name, the share, the bytes, the speed and the time left', () => {
    expect(barLine(state, 120)).toBe(
      `film.mkv  ${'█'.repeat(6)}${'░'.repeat(18)}   25 %  25 MB of 100 MB  5 MB/s  15 s left`,
    );
  });

  it('leaves out the least when the terminal is narrow, and never wraps', () => {
    for (let columns = 10; columns < 120; columns++) {
      expect(barLine(state, columns).length).toBeLessThan(columns);
    }
    expect(barLine(state, 50)).toContain('25 %');
    expect(barLine(state, 50)).not.toContain('left');
  });

  it('of an unknown size counts the bytes only', () => {
    expect(barLine({ ...state, total: undefined, timeLeft: undefined })).toBe(
      'film.mkv  25 MB  5 MB/s',
    );
  });

  it('is full for an empty file', () => {
    expect(barLine({ ...state, sent: 0, total: 0, speed: 0 })).toContain('100 %');
  });

  it.each([
    [59_000, '59 s left'],
    [61_000, '2 min left'],
    [3_600_000 + 60_000, '1 h 1 min left'],
  ])('tells %i ms as %s', (timeLeft, text) => {
    expect(barLine({ ...state, timeLeft }, 120)).toContain(text);
  });
});
