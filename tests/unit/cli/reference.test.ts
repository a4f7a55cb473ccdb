import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/errors.ts';
import { parseReference } from '../../../src/cli/reference.ts';

const origin = 'https://files.example.org';

describe('what people write for a share', () => {
  it.each([
    [`${origin}/4Xq81Rb`, { origin, sharename: '4Xq81Rb' }],
    [`${origin}/4Xq81Rb/`, { origin, sharename: '4Xq81Rb' }],
    [`${origin}/4Xq81Rb/v/0`, { origin, sharename: '4Xq81Rb', fileid: '0' }],
    [`${origin}/4Xq81Rb/v/2f?utm=x#top`, { origin, sharename: '4Xq81Rb', fileid: '2f' }],
    ['4Xq81Rb', { sharename: '4Xq81Rb' }],
    ['4Xq81Rb/v/0', { sharename: '4Xq81Rb', fileid: '0' }],
    ['4Xq81Rb/0', { sharename: '4Xq81Rb', fileid: '0' }],
  ])('%s is understood', (text, reference) => {
    expect(parseReference(text)).toEqual(reference);
  });

  it.each(['', 'a', 'notes.txt', 'https://', `${origin}/`, `${origin}/1/shares/4Xq81Rb/zip`])(
    '%j is refused with an example',
    (text) => {
      expect(() => parseReference(text)).toThrow(UsageError);
      expect(() => parseReference(text)).toThrow(/write one like/);
    },
  );
});
