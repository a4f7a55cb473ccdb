import { describe, expect, it } from 'vitest';
import { freeName, safeName } from '../../../src/cli/names.ts';
import { clean } from '../../../src/cli/output.ts';

describe('a foreign file name', () => {
  it.each([
    ['notes.txt', 'notes.txt'],
    ['../../.ssh/authorized_keys', 'authorized_keys'],
    ['C:\\Windows\\system.ini', 'system.ini'],
    ['.bashrc', '_bashrc'],
    ['..', '_'],
    ['', '_'],
    ['CON', '_CON'],
    ['lpt1.txt', '_lpt1.txt'],
    ['name. ', 'name_'],
    ['a:b|c?.txt', 'a_b_c_.txt'],
    ['exe\u202egpj.txt', 'exe_gpj.txt'],
    ['späße 日本.txt', 'späße 日本.txt'],
  ])('%j is written as %j', (filename, name) => {
    expect(safeName(filename)).toBe(name);
  });

  it('that is taken gets a number before its extension', () => {
    const taken = new Map([
      ['a.txt', 1],
      ['a (2).txt', 2],
    ]);
    expect(freeName('a.txt', taken)).toBe('a (3).txt');
    expect(freeName('b.txt', taken)).toBe('b.txt');
  });

  it('shown in a terminal moves no cursor, changes no colour and breaks no line', () => {
    expect(clean('a\u001b[31mred\nb\u0007\u202e')).toBe('a\ufffd[31mred\ufffdb\ufffd\ufffd');
  });
});
