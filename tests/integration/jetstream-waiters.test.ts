import { expect, it } from 'vitest';
import { overEveryTransport } from '../support/jetstream/transports.ts';

const MAPPINGS = { '/data/docs/readme.txt': '/home/readme.txt' };

overEveryTransport((setUp) => {
  it('a waiter lets a server that can do so answer late, without polling', async () => {
    const { gateway, signIn } = await setUp({ features: ['waitFor'] });
    const api = await signIn();
    const manifest = await api.send.createManifest({ mappings: MAPPINGS });
    const waiting = api.send.waitForManifest(manifest);
    const methods = () => gateway.received.map(({ method }) => method);
    await expect.poll(methods).toContain('send.waitForManifest');
    for (let step = 0; step < 3; step += 1) gateway.advance();
    await expect(waiting).resolves.toMatchObject({ status: 'complete' });
    expect(methods()).not.toContain('send.getManifest');
  });

  it('a waiter has a twin on such a server', async () => {
    const { gateway, signIn } = await setUp({ features: ['waitFor'] });
    gateway.world.manifestLooks = 0;
    const api = await signIn();
    const manifest = await api.send.createManifest({ mappings: MAPPINGS });
    const request = await api.send.waitForManifestAsync(manifest);
    gateway.advance();
    const complete = await api.server.getRequestResult(request);
    expect(complete.status).toBe('complete');
    const destination = await api.send.createDestination('other.example.org');
    const transfer = await api.send.createTransfer(destination, complete);
    const second = await api.send.waitForTransferAsync(transfer);
    gateway.advance();
    gateway.advance();
    await expect(api.server.getRequestResult(second)).resolves.toMatchObject({
      status: 'complete',
    });
  });

  it('a waiter hears what the server tells of its own accord', async () => {
    const { gateway, signIn } = await setUp();
    gateway.tellsEvents = true;
    const api = await signIn({ defaults: { intervalMs: 3_600_000 } });
    const other = await api.send.createManifest({ mappings: { '/other': '/home/readme.txt' } });
    const manifest = await api.send.createManifest({ mappings: MAPPINGS });
    const seen: string[] = [];
    const waiting = api.send.waitForManifest(manifest, {
      onProgress: ({ manifestId, status }) => seen.push(`${manifestId} ${status}`),
    });
    await expect.poll(() => seen.length).toBe(1);
    gateway.say('{"jsonrpc":"2.0","method":"event.manifest","params":{"no":"id"}}');
    gateway.say('{"jsonrpc":"2.0","method":"event.unknown"}');
    gateway.advance();
    gateway.advance();
    await expect(waiting).resolves.toMatchObject({ status: 'complete' });
    expect(seen.join()).not.toContain(`${other.manifestId} `);

    const destination = await api.send.createDestination('other.example.org');
    const transfer = await api.send.createTransfer(destination, manifest);
    const sent = api.send.waitForTransfer(transfer);
    await expect.poll(() => gateway.received.at(-1)?.method).toBe('send.getTransfer');
    gateway.advance();
    await expect(sent).resolves.toMatchObject({ status: 'complete' });
  });
});
