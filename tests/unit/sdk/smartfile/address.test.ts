import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiPath, normalizeBaseUrl, percentEncode } from '../../../../src/sdk/smartfile/address.ts';
import { SmartFileConfigurationError } from '../../../../src/sdk/smartfile/index.ts';

describe('the path of a call', () => {
  it.each([
    ['/path/info', '/', 'api/2/path/info/'],
    ['path/data/', '/the/file/path', 'api/2/path/data/the/file/path/'],
    ['/access/user', 42, 'api/2/access/user/42/'],
    ['//path//info/', '//x//y/', 'api/2/path/info/x/y/'],
    ['/ping', undefined, 'api/2/ping/'],
    ['/ping', '', 'api/2/ping/'],
  ])('joins %s and %s', (endpoint, id, expected) => {
    expect(apiPath('2', endpoint, id)).toBe(expected);
  });

  it('sends the identifier 0', () => {
    expect(apiPath('2', '/access/user', 0)).toBe('api/2/access/user/0/');
  });

  it('escapes each segment by itself', () => {
    expect(apiPath('2', '/path/info', "/a b/100%/c#d?e&f+g/é.txt/~!'()*")).toBe(
      'api/2/path/info/a%20b/100%25/c%23d%3Fe%26f%2Bg/%C3%A9.txt/~%21%27%28%29%2A/',
    );
  });

  it.each(['/a/../b', '..', './a', '/a/.'])('refuses %s, which URLs would resolve', (id) => {
    expect(() => apiPath('2', '/path/data', id)).toThrow(SmartFileConfigurationError);
  });

  it('refuses text that is no Unicode', () => {
    expect(() => apiPath('2', '/path/data', 'a\uD800')).toThrow(SmartFileConfigurationError);
  });

  it('brings every name to the server as it is', () => {
    const segment = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((text) => !/[/]|\p{Surrogate}/u.test(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = apiPath('2', 'path/data', segments.join('/'));
        const { pathname, search, hash } = new URL(path, 'https://service.example/');
        expect(search + hash).toBe('');
        expect(pathname.split('/').slice(5, -1).map(decodeURIComponent)).toEqual(segments);
      }),
    );
  });
});

describe('percent-encoding', () => {
  it('leaves exactly the unreserved characters alone', () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    expect(ascii.filter((character) => percentEncode(character) === character).join('')).toMatch(
      /^-\.0123456789[A-Z]{26}_[a-z]{26}~$/,
    );
  });
});

describe('the base URL', () => {
  it('is the service itself when none is given', () => {
    expect(normalizeBaseUrl()).toBe('https://app.smartfile.com/');
  });

  it('may be given with or without its final slash', () => {
    expect(normalizeBaseUrl('https://x.smartfile.com')).toBe('https://x.smartfile.com/');
    expect(normalizeBaseUrl('https://host:8443/files')).toBe('https://host:8443/files/');
  });

  it.each([
    '',
    'smartfile.com',
    'ftp://host/',
    'https://u:secret@host/',
    'https://h/?a',
    'https://h/#a',
  ])('is refused without being repeated: %s', (text) => {
    expect(() => normalizeBaseUrl(text)).toThrow(SmartFileConfigurationError);
    expect(() => normalizeBaseUrl(text)).not.toThrow(/secret/);
  });
});
