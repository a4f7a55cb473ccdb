import { expect, test } from 'vitest';
import { parseRange } from '../../../../src/server/http/range.ts';

test.each([
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-4', { start: 6, end: 9 }],
  ['BYTES=0-0', { start: 0, end: 0 }],
  ['bytes=9-999999999999999999999', { start: 9, end: 9 }],
  ['bytes=-999999999999999999999', { start: 0, end: 9 }],
])('%s of ten bytes', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected);
});

test.each(['bytes=10-', 'bytes=999999999999999999999-', 'bytes=-0'])(
  '%s of ten bytes cannot be satisfied',
  (header) => {
    expect(parseRange(header, 10)).toBe('unsatisfiable');
  },
);

test.each([
  undefined,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=4-2',
  'bytes=0-1,2-3',
  'bytes=0x1-2',
])('%s is no range that is honoured', (header) => {
  expect(parseRange(header, 10)).toBeUndefined();
});

test('nothing of an empty file can be had in parts', () => {
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
});
