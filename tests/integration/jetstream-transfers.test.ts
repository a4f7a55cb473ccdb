import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type JetStreamApi,
  JetStreamNotFoundError,
  JetStreamOperationError,
  JetStreamStateError,
} from '../../src/sdk/jetstream/index.ts';
import { overEveryTransport } from '../support/jetstream/transports.ts';

const MAPPINGS = { '/data/docs/readme.txt': '/home/readme.txt' };

async function completeManifest(api: JetStreamApi) {
  return api.send.waitForManifest(await api.send.createManifest({ mappings: MAPPINGS }));
}

async function newTransfer(api: JetStreamApi) {
  const destination = await api.send.createDestination('other.example.org');
  return api.send.createTransfer(destination, await completeManifest(api));
}

overEveryTransport((setUp) => {
  describe('manifests', () => {
    it('begin unfinished and are polled until complete', async () => {
      const { gateway, signIn } = await setUp();
      gateway.world.manifestLooks = 3;
      const api = await signIn();
      const created = await api.send.createManifest({ mappings: MAPPINGS, userData: { job: 7 } });
      expect(created).toEqual({
        manifestId: expect.any(String),
        owner: 'jsmith',
        processing: true,
        status: 'pending',
        errorMessage: null,
        totalFiles: null,
        totalSize: null,
        userData: { job: 7 },
      });
      const seen: boolean[] = [];
      const manifest = await api.send.waitForManifest(created, {
        onProgress: ({ processing }) => seen.push(processing),
      });
      expect(manifest).toMatchObject({ status: 'complete', totalFiles: 1, totalSize: 1000 });
      expect(seen).toEqual([true, true, true, false]);
      await expect(api.send.getManifestFiles(manifest.manifestId)).resolves.toEqual({
        manifestId: manifest.manifestId,
        fileMappings: [
          {
            srcPath: '/home/readme.txt',
            destPath: '/data/docs/readme.txt',
            fileSize: 1000,
            isEmptyDir: false,
          },
        ],
      });
    });

    it('stop as error when a file is missing, which rejects only on demand', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const created = await api.send.createManifest({ mappings: { '/a': '/gone' } });
      const stopped = await api.send.waitForManifest(created);
      expect(stopped).toMatchObject({ status: 'error', errorMessage: 'no such file: /gone' });
      const error = await api.send
        .waitForManifest(created, { throwOnError: true })
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(JetStreamOperationError);
      expect(error).toMatchObject({ code: 7, message: 'no such file: /gone', data: stopped });
    });

    it('are listed and can be deleted, by id as by structure', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const [one, two] = [await completeManifest(api), await completeManifest(api)];
      await expect(api.send.getManifests()).resolves.toEqual([one, two]);
      await api.send.deleteManifest(one);
      await expect(api.send.deleteManifest(two.manifestId)).resolves.toBeUndefined();
      await expect(api.send.getManifest(one)).rejects.toThrow(JetStreamNotFoundError);
      await expect(api.send.getManifests()).resolves.toEqual([]);
    });
  });

  describe('destinations', () => {
    it('exist once for the same address and port', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const destination = await api.send.createDestination('other.example.org');
      expect(destination).toMatchObject({ destinationPort: 8886, lastError: null });
      const again = await api.send.createDestination('other.example.org', {
        destinationPort: 8886,
      });
      expect(again).toEqual(destination);
      const other = await api.send.createDestination('other.example.org', { destinationPort: 9 });
      expect(other.destinationId).not.toBe(destination.destinationId);
      await expect(api.send.getDestinations()).resolves.toEqual([destination, other]);
      await expect(api.send.getDestination(other.destinationId)).resolves.toEqual(other);
      await api.send.deleteDestination(destination);
      await expect(api.send.getDestination(destination)).rejects.toThrow(JetStreamNotFoundError);
    });

    it('have a connection, whose rate can be set', async () => {
      const { gateway, signIn } = await setUp();
      const api = await signIn();
      await api.send.createDestination('other.example.org');
      const connections = await api.send.getConnections();
      expect(connections).toHaveLength(1);
      const connection = connections[0]!;
      await expect(api.send.getConnection(connection)).resolves.toEqual(connection);
      await api.send.setSendRate(20_000);
      await api.send.setSendRate(5_000, { connection });
      expect(Object.fromEntries(gateway.world.sendRates)).toEqual({
        server: 20_000,
        [connection.connectionId]: 5_000,
      });
    });
  });

  describe('transfers', () => {
    it('need a complete manifest', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const destination = await api.send.createDestination('other.example.org');
      const manifest = await api.send.createManifest({ mappings: MAPPINGS });
      const early = api.send.createTransfer(destination, manifest);
      await expect(early).rejects.toThrow(JetStreamStateError);
    });

    it('go from pending through sending to complete', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const destination = await api.send.createDestination('other.example.org');
      const manifest = await completeManifest(api);
      const created = await api.send.createTransfer(destination, manifest.manifestId, {
        destinationPath: '/incoming',
        priority: 3,
        userData: { by: 'test' },
      });
      expect(created).toMatchObject({
        status: 'pending',
        processing: true,
        destinationPath: '/incoming',
        priority: 3,
        userData: { by: 'test' },
        blockSize: 256,
      });
      const seen: string[] = [];
      const stopped = await api.send.waitForTransfer(created, {
        onProgress: ({ status, bytesSent }) => seen.push(`${status} ${bytesSent}`),
      });
      expect(stopped).toMatchObject({ status: 'complete', processing: false });
      expect(seen).toEqual(['sending 512', 'complete 1000']);
      await expect(api.send.getTransfers()).resolves.toEqual([stopped]);
    });

    it('bring every file to the other server, byte for byte, under the paths of the manifest', async () => {
      const files = {
        '/home/film.mkv': randomBytes(100_000),
        '/home/one block': randomBytes(256),
        '/home/empty': Buffer.alloc(0),
      };
      const { gateway, signIn } = await setUp({ files });
      gateway.world.transferCourse = ['pending', 'sending', 'sending', 'sending', 'complete'];
      const api = await signIn();
      const manifest = await api.send.waitForManifest(
        await api.send.createManifest({
          mappings: {
            '/film.mkv': '/home/film.mkv',
            '/b/1': '/home/one block',
            '/0': '/home/empty',
          },
        }),
      );
      const destination = await api.send.createDestination('other.example.org');
      const created = await api.send.createTransfer(destination, manifest, {
        destinationPath: '/incoming',
      });
      const seen: number[] = [];
      const stopped = await api.send.waitForTransfer(created, {
        onProgress: ({ bytesSent }) => seen.push(bytesSent ?? 0),
      });
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(new Set(seen).size).toBe(4);
      expect(stopped).toMatchObject({
        totalBytes: 100_256,
        bytesSent: 100_256,
        totalBlocks: 392,
        blocksAcked: 392,
      });
      expect(
        Object.fromEntries(gateway.world.elsewhere.get('other.example.org:8886') ?? []),
      ).toEqual({
        '/incoming/film.mkv': files['/home/film.mkv'],
        '/incoming/b/1': files['/home/one block'],
        '/incoming/0': files['/home/empty'],
      });
    });

    it('go on where they were suspended, and send no block twice', async () => {
      const film = randomBytes(10_000);
      const { gateway, signIn } = await setUp({ files: { '/home/readme.txt': film } });
      gateway.world.transferCourse = ['pending', 'sending', 'sending', 'suspended'];
      const api = await signIn();
      const suspended = await api.send.waitForTransfer(await newTransfer(api));
      expect(suspended).toMatchObject({ totalBlocks: 40, blocksSent: 30, blocksAcked: 30 });
      const arrived = gateway.world.elsewhere.get('other.example.org:8886');
      expect(arrived?.size).toBe(0);
      const resumed = await api.send.resumeTransfer(suspended);
      expect(resumed).toMatchObject({ blocksSent: 30, bytesSent: 30 * 256 });
      const stopped = await api.send.waitForTransfer(resumed);
      expect(stopped).toMatchObject({ blocksSent: 40, bytesSent: 10_000, blocksRetransmitted: 0 });
      expect(arrived?.get('/data/docs/readme.txt')).toEqual(film);
    });

    it('are resumed after the server has suspended them', async () => {
      const { gateway, signIn } = await setUp();
      gateway.world.transferCourse = ['pending', 'sending', 'suspended'];
      const api = await signIn();
      const transfer = await api.send.waitForTransfer(await newTransfer(api));
      expect(transfer).toMatchObject({ status: 'suspended', processing: false });
      const resumed = await api.send.resumeTransfer(transfer);
      expect(resumed).toMatchObject({ status: 'sending', processing: true });
      await expect(api.send.resumeTransfer(transfer)).rejects.toThrow('not suspended');
      const stopped = await api.send.waitForTransfer(transfer.transferId);
      expect(stopped.status).toBe('complete');
    });

    it('are suspended on demand', async () => {
      const { signIn } = await setUp();
      const api = await signIn();
      const transfer = await newTransfer(api);
      const suspended = await api.send.suspendTransfer(transfer);
      expect(suspended.status).toBe('suspended');
      await expect(api.send.waitForTransfer(transfer)).resolves.toEqual(suspended);
      await expect(api.send.suspendTransfer(transfer)).rejects.toThrow(JetStreamStateError);
    });

    it('fail by themselves or by request, with the reason', async () => {
      const { gateway, signIn } = await setUp();
      gateway.world.transferCourse = ['pending', 'error'];
      const api = await signIn();
      const broken = await api.send.waitForTransfer(await newTransfer(api));
      expect(broken.errorMessage).toBe('the destination does not answer');
      const transfer = await newTransfer(api);
      await api.send.failTransfer(transfer, 'not wanted any more');
      const failed = await api.send.getTransfer(transfer);
      expect(failed).toMatchObject({ status: 'error', errorMessage: 'not wanted any more' });
      await api.send.deleteTransfer(failed);
      await expect(api.send.getTransfer(transfer)).rejects.toThrow(JetStreamNotFoundError);
    });

    it('go on when their manifest is deleted', async () => {
      const { gateway, signIn } = await setUp();
      const api = await signIn();
      const transfer = await newTransfer(api);
      await api.send.deleteManifest(transfer.manifestId ?? '');
      await expect(api.send.waitForTransfer(transfer)).resolves.toMatchObject({
        status: 'complete',
      });
      const [source] = gateway.world.files.values();
      const arrived = gateway.world.elsewhere.get('other.example.org:8886');
      expect(arrived?.get('/data/docs/readme.txt')).toEqual(source);
    });
  });
});
