import { expect, it } from 'vitest';
import { JetStreamNotFoundError } from '../../src/sdk/jetstream/index.ts';
import { overEveryTransport } from '../support/jetstream/transports.ts';

overEveryTransport((setUp) => {
  it('lists what the server receives, and from whom', async () => {
    const { gateway, signIn } = await setUp();
    const source = { sourceIP: '192.0.2.7', sourcePort: 8886, aveRecvRate: 950_000 };
    const transfer = {
      transferId: 'ffee',
      status: 'receiving',
      destinationPath: '/in',
      totalSize: 5_000_000_000,
      lastErrorTime: null,
    };
    gateway.world.sources.push(source);
    gateway.world.received.push(transfer);
    const api = await signIn();
    await expect(api.recv.getSources()).resolves.toEqual([source]);
    await expect(api.recv.getTransfers()).resolves.toEqual([transfer]);
    const request = await api.recv.getTransfersAsync();
    await expect(api.server.getRequestResult(request)).resolves.toEqual([transfer]);
  });

  it('decides who may send to the server', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    await api.recv.addAuthorizedClient('a2V5');
    await api.recv.addAuthorizedClient('b3RoZXI=');
    await api.recv.allowOnlyAuthorizedClients(true);
    await api.recv.removeAuthorizedClient('a2V5');
    expect([...gateway.world.authorizedClients]).toEqual(['b3RoZXI=']);
    expect(gateway.world.onlyAuthorizedClients).toBe(true);
    await api.recv.allowOnlyAuthorizedClients(false);
    expect(gateway.world.onlyAuthorizedClients).toBe(false);
  });

  it('needs to be signed in, which the queued work tells', async () => {
    const { newApi } = await setUp();
    const api = await newApi().connect();
    const request = await api.recv.getSourcesAsync();
    await expect(api.server.getRequestResult(request)).rejects.toMatchObject({ code: 1 });
    await expect(api.recv.getSources()).rejects.toMatchObject({ name: 'JetStreamAuthError' });
  });

  it('attaches values of the application to objects', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const manifest = await api.send.createManifest({ mappings: {}, userData: { job: 7 } });
    await api.send.updateObjectUserData(manifest, { colour: 'grün', nothing: null });
    const updated = await api.send.getManifest(manifest);
    expect(updated.userData).toEqual({ job: 7, colour: 'grün', nothing: null });
    await api.send.deleteObjectUserData(manifest, { keys: ['job'] });
    await api.send.deleteObjectUserData(manifest.manifestId, { keys: ['nothing'] });
    await expect(api.send.getManifest(manifest)).resolves.toMatchObject({
      userData: { colour: 'grün' },
    });
    await api.send.deleteObjectUserData(manifest);
    await expect(api.send.getManifest(manifest)).resolves.toMatchObject({ userData: {} });
    const gone = api.send.updateObjectUserData('999', {});
    await expect(gone).rejects.toThrow(JetStreamNotFoundError);
  });
});
