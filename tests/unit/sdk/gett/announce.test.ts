import { afterEach, describe, expect, it } from 'vitest';
import { GettClient, memoryTokenStore } from '../../../../src/sdk/index.ts';
import { answer, type FaultServer, faultServer, type Step } from '../../../support/fault-server.ts';

const share = { sharename: '4Xq81Rb', created: 1, getturl: 'http://x/4Xq81Rb', live: false };

describe('announcing many files', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  const client = async (...script: [Step, ...Step[]]) => {
    server = await faultServer(...script);
    const tokens = memoryTokenStore({
      accessToken: 'a.app.u.1.sig',
      refreshToken: 'r.app.u.0.0.sig',
      expiresAt: Date.now() + 86_400_000,
    });
    return new GettClient({ baseUrl: `${server.origin}/1`, tokens });
  };
  const start = async (shareAnswer: object, ...announcements: Step[]) =>
    (await client(answer(200, shareAnswer), ...announcements)).shares.create();
  const bodies = () => server.requests.slice(1).map(({ body }): unknown => JSON.parse(body));
  const wire = (...names: string[]) =>
    names.map((filename, i) => ({
      sharename: share.sharename,
      filename,
      fileid: String(i),
      readystate: 'remote',
      created: 1,
      getturl: `http://x/${i}`,
      upload: { puturl: 'http://127.0.0.1:9/p', posturl: 'http://127.0.0.1:9/q' },
    }));

  it('costs one call for as many as the service takes at once', async () => {
    const made = await start(
      { ...share, batch: 2 },
      answer(200, wire('a', 'b')),
      answer(200, wire('c')),
    );
    const files = await made.createFiles(
      [{ filename: 'a', size: 1 }, { filename: 'b' }, { filename: 'c' }],
      { session: 'k3v9x2m7' },
    );
    expect(files.map(({ filename }) => filename)).toEqual(['a', 'b', 'c']);
    expect(made.files.map(({ filename }) => filename)).toEqual(['c', 'b', 'a']);
    const session = 'k3v9x2m7';
    expect(bodies()).toEqual([
      [
        { filename: 'a', size: 1, session },
        { filename: 'b', session },
      ],
      [{ filename: 'c', session }],
    ]);
  });

  it('costs one call for each where the service takes one at a time', async () => {
    const [a, b] = wire('a', 'b');
    const made = await start(share, answer(200, a), answer(200, b));
    const files = await made.createFiles([{ filename: 'a' }, { filename: 'b' }]);
    expect(files.map(({ fileid }) => fileid)).toEqual(['0', '1']);
    expect(bodies()).toEqual([{ filename: 'a' }, { filename: 'b' }]);
  });

  it('does not guess which file is which when the service left one out', async () => {
    const made = await start({ ...share, batch: 1000 }, answer(200, wire('b')));
    await expect(made.createFiles([{ filename: 'a' }, { filename: 'b' }])).rejects.toMatchObject({
      code: 'invalid-answer',
    });
  });

  it('makes one share of many files with two calls before the first byte', async () => {
    const gett = await client(
      answer(200, { ...share, batch: 1000 }),
      answer(200, wire('one.txt', 'two.txt')),
      answer(500, 'no'),
    );
    const files = [new File(['1'], 'one.txt'), new File(['two'], 'two.txt')];
    const upload = gett.upload(files, { retries: 0 });
    expect(await upload.link).toBe(share.getturl);
    expect(JSON.parse(server.requests[1]?.body ?? '')).toEqual([
      { filename: 'one.txt', size: 1 },
      { filename: 'two.txt', size: 3 },
    ]);
    await expect(upload.done).rejects.toThrow();
  });
});
