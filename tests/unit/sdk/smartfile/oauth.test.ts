import { describe, expect, it } from 'vitest';
import {
  OAuthClient,
  oauth,
  SmartFileConfigurationError,
  SmartFileOAuth,
} from '../../../../src/sdk/smartfile/index.ts';
import { QuickClock } from '../../../support/smartfile/clock.ts';
import { type HeaderVector, readHeaderVectors } from '../../../support/smartfile/replay.ts';

const tokenAnswer = () => new Response('oauth_token=t&oauth_token_secret=s');

/** The Authorization header that a vector's step or call sends. */
async function headerFor(vector: HeaderVector): Promise<string> {
  const client = { token: vector.consumerKey, secret: vector.consumerSecret };
  let sent = '';
  const common = {
    client,
    nonce: () => vector.nonce,
    clock: new QuickClock(Number(vector.timestamp) * 1_000 + 999),
    fetch: async (_: unknown, init?: RequestInit) => {
      sent = new Headers(init?.headers).get('Authorization') ?? '';
      return tokenAnswer();
    },
  };
  if (vector.token === null) {
    await new SmartFileOAuth(common).requestToken(vector.callback ?? undefined);
    return sent;
  }
  const access = { token: vector.token, secret: vector.tokenSecret ?? '' };
  return oauth({ ...common, access }).authorization({
    method: 'GET',
    url: 'https://x/api/2/ping/',
  });
}

describe('OAuth headers', () => {
  it.each(readHeaderVectors().map((vector) => [vector.nonce, vector] as const))(
    'are those of an independent library: %s',
    async (_, vector) => {
      const header = await headerFor(vector);
      expect(header).toMatch(/^OAuth /);
      const parameters = Array.from(header.matchAll(/(\w+)="([^"]*)"/g), ([, name, value]) => [
        name,
        value,
      ]);
      expect(Object.fromEntries(parameters)).toEqual(vector.headerParameters);
      expect(parameters).toHaveLength(Object.keys(vector.headerParameters).length);
    },
  );

  it('have a new nonce of letters and digits each time', () => {
    const auth = oauth({
      client: { token: 'a', secret: 'b' },
      access: { token: 'c', secret: 'd' },
    });
    const nonces = Array.from({ length: 50 }, () => {
      const header = auth.authorization({ method: 'GET', url: 'https://x/' });
      return /oauth_nonce="([A-Za-z0-9]{16,64})"/.exec(header)?.[1];
    });
    expect(nonces).not.toContain(undefined);
    expect(new Set(nonces).size).toBe(50);
  });
});

describe('OAuth', () => {
  const client = { token: 'client', secret: 'client secret' };

  it('fails before sending while there is no access token', async () => {
    const fetch = async () => expect.unreachable('nothing may be sent');
    const call = new OAuthClient({ client, fetch }).whoami();
    await expect(call).rejects.toBeInstanceOf(SmartFileConfigurationError);
  });

  it.each([
    { token: '', secret: 'x' },
    { token: 'x', secret: ' ' },
  ])('refuses an empty token or secret', (empty) => {
    expect(() => new OAuthClient({ client: empty })).toThrow(SmartFileConfigurationError);
    expect(() => new OAuthClient({ client, access: empty })).toThrow(SmartFileConfigurationError);
  });

  it('sends the user to the page of consent with the token escaped', () => {
    const steps = new SmartFileOAuth({ client, baseUrl: 'https://x.smartfile.com' });
    expect(steps.authorizationUrl({ token: 'a&b' })).toBe(
      'https://x.smartfile.com/oauth/authorize/?oauth_token=a%26b',
    );
  });

  it('rejects an answer without a token', async () => {
    const fetch = async () => new Response('oauth_token=only');
    await expect(new SmartFileOAuth({ client, fetch }).requestToken()).rejects.toMatchObject({
      code: 'invalid-answer',
    });
  });

  it('does not take a page of HTML for the reason of a refusal', async () => {
    const fetch = async () => new Response('<h1>Proxy</h1>', { status: 403 });
    const error = new SmartFileOAuth({ client, fetch }).requestToken();
    await expect(error).rejects.toMatchObject({ status: 403, detail: /not JSON/ });
  });
});
