import { describe, expect, it } from 'vitest';
import { splitName } from '../../../src/common/names.ts';

describe('a name cut in the middle', () => {
  it('keeps its ending in one piece', () => {
    const { head, tail } = splitName('field recording of the harbour.wav');
    expect(head + tail).toBe('field recording of the harbour.wav');
    expect(tail).toMatch(/\.wav$/);
  });

  it('is whole when it is short', () => {
    expect(splitName('notes.txt')).toEqual({ head: 'notes.txt', tail: '' });
  });

  it('is never cut inside what people see as one letter', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    const { head, tail } = splitName(family.repeat(30));
    expect(head.replaceAll(family, '')).toBe('');
    expect(tail.replaceAll(family, '')).toBe('');
    expect(tail).not.toBe('');
  });
});
