import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineDecoder } from '../../../../../src/sdk/jetstream/node/lines.ts';

function linesOf(...chunks: Uint8Array[]): string[] {
  const lines: string[] = [];
  const decoder = new LineDecoder((line) => lines.push(line));
  for (const chunk of chunks) decoder.push(chunk);
  return lines;
}

describe('lines', () => {
  it('are the same however the bytes are cut, inside characters too', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
    const ending = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, ending)),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (written, sizes) => {
          const bytes = Buffer.from(written.flat().join(''));
          const chunks: Uint8Array[] = [];
          for (let at = 0, i = 0; at < bytes.length; i += 1) {
            const size = sizes[i % sizes.length] ?? 1;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          const expected = written.map(([text]) => text).filter((text) => text !== '');
          expect(linesOf(...chunks)).toEqual(expected);
        },
      ),
    );
  });

  it('are not given before they end', () => {
    expect(linesOf(Buffer.from('{"a":1}\r\n{"b"'))).toEqual(['{"a":1}']);
  });

  it('of 16 MiB are taken, and one byte more is refused before the end comes', () => {
    const most = Buffer.alloc(16 * 1024 * 1024, 'x');
    expect(linesOf(most, Buffer.from('\n'))[0]).toHaveLength(most.length);
    expect(() => linesOf(most, Buffer.from('x'))).toThrow('longer than 16 MiB');
  });

  it('are each measured on their own', () => {
    const line = Buffer.from(`${'x'.repeat(10 * 1024 * 1024)}\n`);
    expect(linesOf(line, line)).toHaveLength(2);
  });

  it('that are not UTF-8 are refused', () => {
    expect(() => linesOf(Uint8Array.of(0x22, 0xff, 0x22, 0x0a))).toThrow(TypeError);
  });
});
