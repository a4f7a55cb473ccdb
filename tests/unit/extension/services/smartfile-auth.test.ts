import { describe, expect, it } from 'vitest';
import { authOf, readSecret } from '../../../../src/extension/services/smartfile-auth.ts';

const request = { method: 'GET', url: 'https://app.smartfile.com/api/2/whoami/' };
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const long = (letter: string) => letter.repeat(32);

describe('what signs requests to SmartFile', () => {
  it('is a key when both halves are as long as one, without the space that was copied along', () => {
    const auth = authOf([`${long('k')} `, long('p')]);
    expect(auth.authorization(request)).toBe(basic(long('k'), long('p')));
  });

  it('is a name and a password otherwise, so that a wrong one is refused by the service', () => {
    for (const [user, password] of [
      ['bobafett', 'secret'],
      [long('n'), 'secret'],
      ['bobafett', long('p')],
    ] as const) {
      expect(authOf([user, password]).authorization(request)).toBe(basic(user, password));
    }
  });

  it('is a consent', () => {
    const secret = {
      app: { token: 'app', secret: 'app secret' },
      access: { token: 'access', secret: 'access secret' },
    };
    const header = authOf(secret).authorization(request);
    expect(header).toMatch(/^OAuth .*oauth_consumer_key="app".*oauth_token="access"/);
    expect(header).toContain('oauth_signature="app%2520secret%26access%2520secret"');
  });
});

describe('the secret of an account', () => {
  it.each([
    ['name and password', ['bobafett', 'secret']],
    ['consent', { app: { token: 'a', secret: 'b' }, access: { token: 'c', secret: 'd' } }],
  ])('is read as it was kept: %s', (_, secret) => {
    expect(readSecret(JSON.stringify(secret))).toEqual(secret);
  });

  it.each([undefined, '', '[]', '["one"]', 'null', '{"app":{"token":"a"}}', 'nonsense'])(
    'is none when it cannot be read: %s',
    (text) => {
      expect(readSecret(text)).toBeUndefined();
    },
  );
});
