import { describe, expect, it } from 'vitest';
import { isReadByOthers, parseServer } from '../../../../src/extension/account/server-address.ts';

describe('a server address', () => {
  it.each([
    ['http://127.0.0.1:4380', 'http://127.0.0.1:4380/1', 'http://127.0.0.1/*'],
    ['http://127.0.0.1:4380/1', 'http://127.0.0.1:4380/1', 'http://127.0.0.1/*'],
    [' https://files.example.org/ ', 'https://files.example.org/1', 'https://files.example.org/*'],
    ['files.example.org', 'https://files.example.org/1', 'https://files.example.org/*'],
    ['https://example.org/gett', 'https://example.org/gett/1', 'https://example.org/*'],
    ['http://nas.local:80', 'http://nas.local/1', 'http://nas.local/*'],
    ['http://192.168.1.20:8080', 'http://192.168.1.20:8080/1', 'http://192.168.1.20/*'],
    ['http://[::1]:4380', 'http://[::1]:4380/1', 'http://[::1]/*'],
    ['http://[fd12:3456::7]:4380', 'http://[fd12:3456::7]:4380/1', 'http://[fd12:3456::7]/*'],
    ['http://[fe80::1]', 'http://[fe80::1]/1', 'http://[fe80::1]/*'],
  ])('%j has the API root %s and needs %s', (typed, baseUrl, origin) => {
    expect(parseServer(typed)).toMatchObject({ baseUrl, origin });
  });

  it.each(['', 'https://', 'not an address', 'https://user:secret@example.org'])(
    '%j is not one',
    (typed) => {
      expect(parseServer(typed)).toBe('server-invalid');
    },
  );

  it.each([
    'http://files.example.org',
    'http://172.32.0.1',
    'http://11.0.0.1',
    'http://8.8.8.8',
    'http://[2001:db8::1]',
    'http://fd00.example.org',
  ])('%s would send the password in clear', (typed) => {
    expect(parseServer(typed)).toBe('server-insecure');
  });

  it.each([
    ['http://192.168.1.20:8080', true],
    ['http://nas.lan', true],
    ['http://[fd12::7]', true],
    ['https://nas.lan', false],
    ['http://localhost:4380', false],
    ['http://127.0.0.1:4380', false],
    ['http://files.example.org', false],
  ])('%s calls for a warning: %s', (typed, warned) => {
    expect(isReadByOthers(typed)).toBe(warned);
  });
});
