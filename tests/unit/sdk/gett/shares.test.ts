import { afterEach, describe, expect, it } from 'vitest';
import { GettClient, memoryTokenStore } from '../../../../src/sdk/index.ts';
import { answer, type FaultServer, faultServer, type Step } from '../../../support/fault-server.ts';

/** Lists `names` by skip and limit, at most 1000 at once (spec section 4.3); what is destroyed is gone from the next page on. */
function listing(names: string[]): Step {
  return (request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const destroyed = /^\/1\/shares\/(\w+)\/destroy$/.exec(url.pathname)?.[1];
    if (destroyed !== undefined) {
      names.splice(names.indexOf(destroyed), 1);
      return answer(200, { success: true })(request, response);
    }
    const [skip, limit] = ['skip', 'limit'].map((key) => Number(url.searchParams.get(key)));
    const page = names.slice(skip, (skip ?? 0) + Math.min(limit ?? 0, 1000));
    const share = (sharename: string) => ({
      sharename,
      created: 1,
      getturl: `http://x/${sharename}`,
    });
    return answer(200, page.map(share))(request, response);
  };
}

describe('the list of shares', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  const start = async (names: string[]) => {
    server = await faultServer(listing(names));
    const tokens = memoryTokenStore({
      accessToken: 'a.app.u.1.sig',
      refreshToken: 'r.app.u.0.0.sig',
      expiresAt: Date.now() + 86_400_000,
    });
    return new GettClient({ baseUrl: `${server.origin}/1`, tokens });
  };
  const letters = () => 'ABCDEFG'.split('');

  it('gives every share once when one is made between two pages', async () => {
    const names = letters();
    const gett = await start(names);
    const seen: string[] = [];
    for await (const { sharename } of gett.shares.list({ pageSize: 2 })) {
      if (seen.push(sharename) === 2) names.unshift('NEW');
    }
    expect(seen).toEqual(letters());
  });

  it('gives every share when each is destroyed as it comes', async () => {
    const names = letters();
    const gett = await start(names);
    const seen: string[] = [];
    for await (const share of gett.shares.list({ pageSize: 2 })) {
      seen.push(share.sharename);
      await share.destroy();
    }
    expect(seen).toEqual(letters());
    expect(names).toEqual([]);
  });

  it('asks for no further page after one that is not full', async () => {
    const gett = await start(letters().slice(0, 3));
    const seen: string[] = [];
    for await (const { sharename } of gett.shares.list({ pageSize: 2 })) seen.push(sharename);
    expect(seen).toEqual(['A', 'B', 'C']);
    expect(server.requests.length).toBe(2);
  });

  it.each([0, 2000])('gives every share when pages of %i are asked for', async (pageSize) => {
    const names = Array.from({ length: pageSize > 0 ? 2500 : 3 }, (_, i) => `s${i}`);
    const gett = await start([...names]);
    const seen: string[] = [];
    for await (const { sharename } of gett.shares.list({ pageSize })) seen.push(sharename);
    expect(seen).toEqual(names);
  });

  it('stops asking when the caller stops reading', async () => {
    const gett = await start(letters());
    for await (const { sharename } of gett.shares.list({ pageSize: 2 }))
      if (sharename === 'B') break;
    expect(server.requests.length).toBe(1);
  });
});
