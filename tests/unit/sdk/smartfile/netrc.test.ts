import { describe, expect, it } from 'vitest';
import { findInNetrc } from '../../../../src/sdk/smartfile/netrc.ts';

const file = `# machine app.smartfile.com login commented password out
machine other.example login other password pw1
machine app.smartfile.com
  login the-key   # account of the team
  account ignored
  password #hash-first
macdef init
  machine app.smartfile.com login macro password macro

machine host:8443 login "with space" password "a \\"b\\" \\\\c"
default login fallback password pw2
machine app.smartfile.com login second password pw3
`;

describe('a netrc file', () => {
  it('gives the first entry of a machine over several lines', () => {
    expect(findInNetrc(file, 'app.smartfile.com')).toEqual({
      login: 'the-key',
      password: '#hash-first',
    });
  });

  it('knows machines by their port', () => {
    expect(findInNetrc(file, 'host:8443')).toEqual({ login: 'with space', password: 'a "b" \\c' });
  });

  it('gives the default entry when no machine matches', () => {
    expect(findInNetrc(file, 'host')).toEqual({ login: 'fallback', password: 'pw2' });
  });

  it('gives nothing when there is neither', () => {
    expect(findInNetrc('machine a login b password c', 'host')).toBeUndefined();
    expect(findInNetrc('', 'host')).toBeUndefined();
  });

  it('passes over comments, wherever they stand, and what follows them counts', () => {
    const text = 'machine a\nlogin b\n# machine a login x password y\npassword c\n';
    expect(findInNetrc(text, 'a')).toEqual({ login: 'b', password: 'c' });
  });

  it('gives as much as an entry holds', () => {
    expect(findInNetrc('machine a login b', 'a')).toEqual({ login: 'b' });
    expect(findInNetrc('machine a password\r\nc\r\n', 'a')).toEqual({ password: 'c' });
  });
});
