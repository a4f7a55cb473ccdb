import { expect, it } from 'vitest';
import { formatBytes, formatTimeLeft } from '../../../src/common/format.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1_449_000, '1.4 MB'],
  [212_400_000, '212 MB'],
  [5_000_000_000, '5 GB'],
  [999_999, '1 MB'],
  [3e15, '3,000 TB'],
])('%d bytes are written %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [4_000, 'a few seconds left'],
  [20_000, 'less than a minute left'],
  [170_000, '3 min left'],
  [4_800_000, '1 h 20 min left'],
])('%i milliseconds are shown as %s', (milliseconds, shown) => {
  expect(formatTimeLeft(milliseconds)).toBe(shown);
});
