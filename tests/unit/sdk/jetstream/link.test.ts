import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JetStream, parseJetStreamLink } from '../../../../src/sdk/jetstream/index.ts';

const link = (host: string, token: string, port?: number) =>
  new JetStream().api(host, port).sharedLink({ token });

describe('a shared link', () => {
  it('leaves out the port when it is 8886', () => {
    const token = 'MAYWEBRO.TRUPO.VEVEEBLU';
    expect(link('files.example.org', token)).toBe(
      'jetstream://files.example.org/download?token=MAYWEBRO.TRUPO.VEVEEBLU',
    );
    expect(link('files.example.org', token, 9000)).toBe(
      'jetstream://files.example.org:9000/download?token=MAYWEBRO.TRUPO.VEVEEBLU',
    );
    expect(link('::1', token, 18886)).toContain('//[::1]:18886/');
    expect(link('2001:db8::8886', token)).toContain('//[2001:db8::8886]/');
  });

  it('can be made without a connection, from text as from the structure', () => {
    const api = new JetStream().api('h');
    expect(api.sharedLink('a b&c')).toBe('jetstream://h/download?token=a%20b%26c');
    expect(api.sharedLink({ token: 'a b&c' })).toBe(api.sharedLink('a b&c'));
  });

  it('reads back as it was made, whatever token, host and port', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('::1'), fc.constant('2001:db8::7'));
    const token = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65535 }), token, (host, port, token) => {
        expect(parseJetStreamLink(link(host, token, port))).toEqual({
          host,
          port,
          action: 'download',
          token,
        });
      }),
    );
  });
});

describe('reading a link', () => {
  it.each([80, 443, 8886])('keeps port %i, which is usual elsewhere', (port) => {
    expect(parseJetStreamLink(`jetstream://h:${port}/connect`)).toEqual({
      host: 'h',
      port,
      action: 'connect',
    });
  });

  it('ignores user information, fragment and what follows the action', () => {
    const read = parseJetStreamLink(
      'JetStream://me:pw@Files.Example.org/download/v2?token=T&x=1#f',
    );
    expect(read).toEqual({ host: 'files.example.org', port: 8886, action: 'download', token: 'T' });
  });

  it('gives the token of a connect link if there is one', () => {
    expect(parseJetStreamLink(new URL('jetstream://h/connect?token=T'))).toMatchObject({
      action: 'connect',
      token: 'T',
    });
  });

  it.each([
    ['https://files.example.org/download?token=SECRET', /begins with jetstream/],
    ['jetstream:files/download?token=SECRET', /begins with jetstream/],
    ['jetstream:///download?token=SECRET', /and a host/],
    ['jetstream://:8886/download?token=SECRET', /and a host/],
    ['jetstream://user@/download?token=SECRET', /and a host/],
    ['jetstream://\\\\evil/download?token=SECRET', /and a host/],
    ['jetstream://h:99999/download?token=SECRET', /and a host/],
    ['', /and a host/],
    ['jetstream://h/download', /needs a token/],
    ['jetstream://h/download?token=', /needs a token/],
    ['jetstream://h/upload?token=SECRET', /asks for/],
    ['jetstream://h', /asks for/],
  ])('refuses %s', (text, message) => {
    const read = () => parseJetStreamLink(text);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/SECRET/);
  });
});
