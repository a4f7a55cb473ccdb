import { describe, expect, it } from 'vitest';
import { entryNames } from '../../../../src/server/zip/entry-names.ts';

describe('names in an archive', () => {
  it('number what is there already, before the ending', () => {
    expect(entryNames(['a.txt', 'a.txt', 'a.txt', 'b'])).toEqual([
      'a.txt',
      'a (2).txt',
      'a (3).txt',
      'b',
    ]);
  });

  it('step over numbers that are taken', () => {
    expect(entryNames(['a (2).txt', 'a.txt', 'a.txt'])).toEqual([
      'a (2).txt',
      'a.txt',
      'a (3).txt',
    ]);
  });

  it('differ for file systems that ignore case and composition', () => {
    expect(entryNames(['Caf\u00e9.jpg', 'cafe\u0301.JPG'])).toEqual([
      'Caf\u00e9.jpg',
      'cafe\u0301 (2).JPG',
    ]);
  });

  it('never lead out of the folder', () => {
    expect(entryNames(['../../etc/passwd', '..\\evil.exe', '/abs', '..', '.', ''])).toEqual([
      '.._.._etc_passwd',
      '.._evil.exe',
      '_abs',
      '_',
      '_ (2)',
      '_ (3)',
    ]);
  });

  it('cannot name a drive', () => {
    expect(entryNames(['C:notes.txt'])).toEqual(['C_notes.txt']);
  });
});
