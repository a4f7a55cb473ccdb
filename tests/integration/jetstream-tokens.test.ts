import { expect, it } from 'vitest';
import {
  type JetStreamApi,
  JetStreamAuthError,
  JetStreamUnsupportedError,
} from '../../src/sdk/jetstream/index.ts';
import { overEveryTransport } from '../support/jetstream/transports.ts';

async function completeManifest(api: JetStreamApi) {
  const mappings = { '/data/docs/readme.txt': '/home/readme.txt' };
  return api.send.waitForManifest(await api.send.createManifest({ mappings }));
}

overEveryTransport((setUp) => {
  it('a shared token lets a guest fetch, as often and as long as allowed', async () => {
    const { gateway, signIn, newApi } = await setUp();
    const api = await signIn();
    const manifest = await completeManifest(api);
    const expiryTime = gateway.world.now + 60_000_000;
    const token = await api.send.createSharedToken(manifest, {
      description: 'for Ann',
      downloadLimit: 1,
      expiryTime,
      password: 'pässword',
    });
    expect(token).toMatchObject({ downloadCount: 0, passwordRequired: true, expiryTime });
    expect(api.sharedLink(token)).toMatch(
      /^jetstream:\/\/127\.0\.0\.1:\d+\/download\?token=MAYWEBRO\.TRUPO\./,
    );

    const guest = await newApi().connect();
    await expect(guest.server.authToken(token)).rejects.toThrow(JetStreamAuthError);
    await guest.server.authToken(token.token, { password: 'pässword' });
    await expect(guest.send.getManifests()).resolves.toEqual([manifest]);
    const home = await guest.send.createDestination('home.example.org');
    await guest.send.waitForTransfer(await guest.send.createTransfer(home, manifest));
    await expect(guest.send.createTransfer(home, manifest)).rejects.toMatchObject({
      name: 'JetStreamAuthError',
      message: 'token [redacted] is not valid',
    });
    await expect(api.send.getSharedToken(token)).resolves.toMatchObject({ downloadCount: 1 });
  });

  it('a shared token ends at its time', async () => {
    const { gateway, signIn, newApi } = await setUp();
    const api = await signIn();
    const expiryTime = gateway.world.now + 1_000_000;
    const token = await api.send.createSharedToken(await completeManifest(api), { expiryTime });
    gateway.advance(1_000_000);
    const guest = await newApi().connect();
    await expect(guest.server.authToken(token)).rejects.toMatchObject({ code: 2 });
  });

  it('shared tokens are listed and deleted by text as by structure', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const manifest = await completeManifest(api);
    const one = await api.send.createSharedToken(manifest);
    const two = await api.send.createSharedToken(manifest.manifestId);
    await expect(api.send.getSharedTokens()).resolves.toEqual([one, two]);
    await expect(api.send.getSharedToken(two.token)).resolves.toEqual(two);
    await api.send.deleteSharedToken(one);
    await api.send.deleteSharedToken(two.token);
    await expect(api.send.getSharedTokens()).resolves.toEqual([]);
  });

  it('API tokens and the event log exist where the server has them', async () => {
    const { signIn, newApi } = await setUp({ apiVersion: 40 });
    const api = await signIn();
    const token = await api.server.createAPIToken({ description: 'ci', permissions: ['send'] });
    expect(token).toMatchObject({ owner: 'jsmith', permissions: ['send'] });
    await expect(api.server.getAPIToken(token)).resolves.toEqual(token);
    await expect(api.server.getAPITokens()).resolves.toEqual([token]);
    await expect(api.server.getEventLog()).resolves.toMatchObject([
      { message: 'signed in: jsmith' },
    ]);

    const other = await newApi().connect();
    await other.server.authToken(token);
    await expect(other.send.getManifests()).resolves.toEqual([]);
    await api.server.deleteAPIToken(token.token);
    await expect(api.server.getAPITokens()).resolves.toEqual([]);
  });

  it('an older server does not support them, which the error says', async () => {
    const { signIn } = await setUp({ apiVersion: 30 });
    const api = await signIn();
    await expect(api.server.getEventLog()).rejects.toThrow(JetStreamUnsupportedError);
    await expect(api.server.createAPIToken()).rejects.toMatchObject({ code: 6 });
  });
});
