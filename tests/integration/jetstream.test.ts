import { expect, expectTypeOf, it } from 'vitest';
import {
  JetStreamAuthError,
  JetStreamConnectionError,
  JetStreamNotFoundError,
  type Manifest,
  withConnection,
} from '../../src/sdk/jetstream/index.ts';
import { overEveryTransport } from '../support/jetstream/transports.ts';

overEveryTransport((setUp) => {
  it('signs in with user and password and stays signed in on this connection only', async () => {
    const { newApi } = await setUp();
    const api = await newApi().connect();
    await expect(api.send.getManifests()).rejects.toThrow(JetStreamAuthError);
    await expect(api.server.auth('jsmith', 'secret')).resolves.toBeUndefined();
    await expect(api.send.getManifests()).resolves.toEqual([]);
    const other = await newApi().connect();
    await expect(other.send.getManifests()).rejects.toThrow('authentication required');
  });

  it('never repeats a wrong password in an error, though the server does', async () => {
    const { newApi } = await setUp();
    const api = await newApi().connect();
    const password = 'hunter2-naïve"\\';
    const error = await api.server.auth('jsmith', password).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(JetStreamAuthError);
    expect(error).toMatchObject({
      code: 2,
      message: 'wrong user or password [redacted]',
      data: { password: '[redacted]' },
    });
    const request = await api.server.authAsync('jsmith', password);
    await expect(api.server.getRequestResult(request)).rejects.toThrow('password [redacted]');
  });

  it('queues a request, tells its state and gives its result', async () => {
    const { gateway, newApi } = await setUp();
    const api = await newApi().connect();
    const request = await api.server.authAsync('jsmith', 'secret');
    expect(request).toEqual({ requestId: 1 });
    await expect(api.server.getRequestResult(request)).resolves.toBeUndefined();
    await expect(api.server.getRequestStatus(request)).resolves.toMatchObject({
      processing: false,
      status: 'complete',
      errorMessage: '',
    });

    const release = gateway.hold('send.getManifests');
    const list = await api.send.getManifestsAsync();
    await expect(api.server.getRequestStatus(list)).resolves.toMatchObject({ processing: true });
    const result = api.server.getRequestResult(list);
    expectTypeOf(result).toEqualTypeOf<Promise<Manifest[]>>();
    release();
    await expect(result).resolves.toEqual([]);
  });

  it('takes the number of a request for the request', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const { requestId } = await api.send.createDestinationAsync('other.example.org');
    const byNumber = await api.server.getRequestResult(requestId);
    await expect(api.server.getRequestResult({ requestId })).resolves.toEqual(byNumber);
    expect(byNumber).toMatchObject({ destinationAddress: 'other.example.org' });
    await expect(api.server.getRequestStatus(requestId)).resolves.toMatchObject({ requestId });
  });

  it('gives the error of a queued request when its result is asked for', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const request = await api.send.getManifestAsync('99');
    await expect(api.server.getRequestStatus(request)).resolves.toMatchObject({
      status: 'error',
      errorMessage: 'no such manifest',
    });
    await expect(api.server.getRequestResult(request)).rejects.toThrow(JetStreamNotFoundError);
  });

  it('says that a request is forgotten', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    const request = await api.send.getManifestsAsync();
    await api.server.getRequestResult(request);
    gateway.advance(601_000_000);
    await expect(api.server.getRequestStatus(request)).rejects.toMatchObject({
      name: 'JetStreamNotFoundError',
      code: 5,
    });
  });

  it('gives each answer to its call, whatever their order', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    const release = gateway.hold('send.getManifests');
    const order: string[] = [];
    const manifests = api.send.getManifests().then((list) => (order.push('manifests'), list));
    const info = await api.server.getServerInfo();
    order.push('info');
    release();
    await expect(manifests).resolves.toEqual([]);
    expect(info).toMatchObject({ version: '2.3.1', serverExternalAddress: null });
    expect(order).toEqual(['info', 'manifests']);
  });

  it('disconnects at the end of the block', async () => {
    const { gateway, newApi } = await setUp();
    let left: { connected: boolean };
    {
      await using api = await newApi().connect();
      expect(api.connected).toBe(true);
      left = api;
    }
    expect(left.connected).toBe(false);
    await expect.poll(() => gateway.connections).toBe(0);
  });

  it('disconnects after a function, even one that fails', async () => {
    const { gateway, newApi } = await setUp();
    const info = await withConnection(newApi(), (api) => api.server.getServerInfo());
    expect(info.version).toBe('2.3.1');
    const failing = newApi();
    const work = withConnection(failing, async (api) => {
      await api.send.getManifests();
    });
    await expect(work).rejects.toThrow(JetStreamAuthError);
    expect(failing.connected).toBe(false);
    await expect.poll(() => gateway.connections).toBe(0);
  });

  it('rejects open calls when either side hangs up, and later calls too', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    gateway.hold('send.getManifests');
    const open = expect(api.send.getManifests()).rejects.toThrow(JetStreamConnectionError);
    await gateway.drop();
    await open;
    expect(api.connected).toBe(false);
    await expect(api.send.getManifests()).rejects.toThrow(/is closed/);

    const other = await signIn();
    const mine = expect(other.send.getManifests()).rejects.toThrow(JetStreamConnectionError);
    await other.disconnect();
    await mine;
    await expect(other.send.getManifests()).rejects.toThrow(/Call connect\(\) first/);
  });

  it('connects again by hand, signed out and with numbers from 1', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    await gateway.drop();
    await expect.poll(() => api.connected).toBe(false);
    await api.connect();
    await expect(api.send.getManifests()).rejects.toThrow(JetStreamAuthError);
    await api.server.auth('jsmith', 'secret');
    await expect(api.send.getManifests()).resolves.toEqual([]);
  });

  it('closes the connection when the server says something that is no JSON-RPC', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    gateway.hold('send.getManifests');
    const open = api.send.getManifests().catch((error: unknown) => error);
    gateway.say('[]');
    const error = await open;
    expect(error).toBeInstanceOf(JetStreamConnectionError);
    expect(error).toMatchObject({ cause: { name: 'JetStreamProtocolError' } });
    await expect.poll(() => gateway.connections).toBe(0);
  });

  it('ends the waiting for an answer by a signal and bears the late answer', async () => {
    const { gateway, signIn } = await setUp();
    const api = await signIn();
    const release = gateway.hold('send.getManifests');
    const controller = new AbortController();
    const waiting = api.send.getManifests({ signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    release();
    await expect(api.send.getDestinations()).resolves.toEqual([]);
    expect(api.connected).toBe(true);
  });

  it('carries unicode and a message of several megabytes', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const userData = { note: 'Grüße 漢字 🎈\r\n'.repeat(200_000) };
    const created = await api.send.createManifest({
      mappings: { '/ä/ß': '/home/readme.txt' },
      userData,
    });
    expect(created.userData).toEqual(userData);
  });

  it('refuses to send more than 16 MiB and stays connected', async () => {
    const { signIn } = await setUp();
    const api = await signIn();
    const userData = { note: 'é'.repeat(9 * 1024 * 1024) };
    const tooMuch = api.send.createManifest({ mappings: {}, userData });
    await expect(tooMuch).rejects.toThrow(/longer than 16 MiB.*Send less at once/);
    await expect(api.send.getManifests()).resolves.toEqual([]);
  });

  it('shows a superuser the objects of all owners', async () => {
    const root = { user: 'root', password: 'toor', superuser: true };
    const { signIn, newApi } = await setUp({
      users: [{ user: 'jsmith', password: 'secret' }, root],
    });
    const api = await signIn();
    await expect(api.server.superuser()).rejects.toThrow(JetStreamAuthError);
    const manifest = await api.send.createManifest({ mappings: { '/a': '/home/readme.txt' } });
    const admin = await newApi().connect();
    await admin.server.auth(root.user, root.password);
    await expect(admin.send.getManifest(manifest)).rejects.toThrow(JetStreamNotFoundError);
    await admin.server.superuser();
    await expect(admin.send.getManifest(manifest)).resolves.toMatchObject({ owner: 'jsmith' });
  });
});
