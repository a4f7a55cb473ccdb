import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BridgeClient, type BridgeEvent, fileHash } from '../../src/sdk/bridge/index.ts';
import { type LocalBridge, startBridge } from '../support/bridge/bridge-server.ts';
import { signedIn } from '../support/bridge/signed-in.ts';

const MiB = 2 ** 20;

let local: LocalBridge;
let client: BridgeClient;
let bucketId: string;
beforeEach(async () => {
  local = await startBridge({ shardSize: MiB });
  ({ client } = await signedIn(local));
  ({ id: bucketId } = await client.buckets.create());
});
afterEach(() => local.stop());

const bytesOf = async (stream: ReadableStream<Uint8Array>) =>
  Buffer.from(await new Response(stream).arrayBuffer());

/** Bytes that differ from shard to shard. */
function content(size: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 4) bytes.writeUInt32LE(at / 4, at);
  return bytes;
}

const isFirst = (shard: Buffer) => shard.readUInt32LE(0) === 0;

describe('an upload', () => {
  it('is stored under its hash, name and type, and listed', async () => {
    const file = new File(['Zażółć 猫'], 'Zażółć — 猫 🐈.txt', { type: 'text/plain' });
    const entry = await client.files.upload(bucketId, file);
    expect(entry).toEqual({
      bucket: bucketId,
      hash: await fileHash(file),
      filename: file.name,
      mimetype: 'text/plain',
      size: file.size,
    });
    expect(await client.files.list(bucketId)).toEqual([entry]);
    await client.files.upload(bucketId, file);
    expect(await client.files.list(bucketId)).toEqual([entry]);
    await client.files.remove(bucketId, entry.hash);
    expect(await client.files.list(bucketId)).toEqual([]);
    const gone = client.files.remove(bucketId, entry.hash);
    await expect(gone).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of a nameless blob gets a name, with quotes that the server keeps as they are', async () => {
    const entry = await client.files.upload(bucketId, new Blob(['x']), {
      filename: 'my "cat".bin',
    });
    expect(entry).toMatchObject({
      filename: "my 'cat'.bin",
      mimetype: 'application/octet-stream',
    });
  });

  it('may be empty, and comes back empty', async () => {
    const { hash, size } = await client.files.upload(bucketId, new File([], 'empty'));
    expect({ hash, size }).toEqual({ hash: 'ba084d3f143f2896809d3f1d7dffed472b39d8de', size: 0 });
    expect(await client.files.pointers(bucketId, hash)).toEqual([]);
    expect(await bytesOf(client.files.download(bucketId, hash))).toHaveLength(0);
  });

  it('fails when the server stored something else', async () => {
    const token = await client.tokens.create(bucketId, 'PUSH');
    local.answerNext = (request, response) => {
      request.resume().once('end', () => {
        const entry = { bucket: bucketId, hash: '0'.repeat(40), filename: 'x', mimetype: 'x/x' };
        response.end(JSON.stringify({ ...entry, size: 1 }));
      });
    };
    await expect(
      client.files.upload(bucketId, new File(['x'], 'x'), { token }),
    ).rejects.toMatchObject({ name: 'BridgeError', code: 'hash-mismatch' });
  });

  it('ends after its time limit when there is no answer', async () => {
    const token = await client.tokens.create(bucketId, 'PUSH');
    local.answerNext = () => undefined;
    const upload = client.files.upload(bucketId, new File(['x'], 'x'), { token, timeout: 100 });
    await expect(upload).rejects.toMatchObject({
      name: 'BridgeConnectionError',
      endpoint: 'PUT /buckets/:id/files',
      cause: { name: 'TimeoutError' },
    });
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const token = await client.tokens.create(bucketId, 'PUSH');
    local.answerNext = () => stop.abort(new Error('enough'));
    const file = new File([content(4 * MiB)], 'x');
    const upload = client.files.upload(bucketId, file, { token, signal: stop.signal });
    await expect(upload).rejects.toThrow('enough');
    const late = client.files.upload(bucketId, file, { signal: stop.signal });
    await expect(late).rejects.toThrow('enough');
  });
});

describe('a download', () => {
  it.each([1, 3, 4])('of many shards comes in order, %i at a time', async (concurrency) => {
    const file = content(6 * MiB);
    const { hash } = await client.files.upload(bucketId, new File([file], 'big'));
    const pointers = await client.files.pointers(bucketId, hash);
    expect(pointers.length).toBeGreaterThan(4);
    const stream = client.files.download(bucketId, hash, { concurrency });
    expect((await bytesOf(stream)).equals(file)).toBe(true);
    expect(local.node.peak).toBeLessThanOrEqual(concurrency);
    expect(local.node.opened).toBe(pointers.length);
  });

  it('never reads more than four shards at a time', async () => {
    const { hash } = await client.files.upload(bucketId, new File([content(6 * MiB)], 'big'));
    await bytesOf(client.files.download(bucketId, hash, { concurrency: 100 }));
    expect(local.node.peak).toBeLessThanOrEqual(4);
  });

  it('asks for nothing before it is read', async () => {
    const { hash } = await client.files.upload(bucketId, new File(['x'], 'x'));
    const before = local.seen.length;
    const stream = client.files.download(bucketId, hash);
    await client.info();
    expect(local.seen.length).toBe(before + 1);
    await stream.cancel();
  });

  it('gives the verified shards before a spoilt one, and nothing of that', async () => {
    const file = content(3 * MiB);
    const { hash } = await client.files.upload(bucketId, new File([file], 'big'));
    let size = 0;
    client.on('download', ({ loaded }) => (size = loaded));
    local.node.misconduct = (socket, shard) => {
      const spoilt = Buffer.from(shard);
      if (!isFirst(shard)) spoilt[spoilt.length - 1] = 1;
      socket.send(spoilt);
      socket.close(1000);
    };
    const received: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of client.files.download(bucketId, hash)) received.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'hash-mismatch', shard: 1 });
    expect(size).toBeGreaterThanOrEqual(MiB);
    expect(Buffer.concat(received).equals(file.subarray(0, size))).toBe(true);
  });

  it('of right shards that are not the file keeps back the last', async () => {
    const { hash } = await client.files.upload(bucketId, new File(['right'], 'right'));
    const { hash: other } = await client.files.upload(bucketId, new File(['wrong'], 'wrong'));
    const files = local.bridge.files.get(bucketId);
    const [right, wrong] = [files?.get(hash), files?.get(other)];
    if (right && wrong) right.shards = wrong.shards;
    const received: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of client.files.download(bucketId, hash)) received.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(received).toEqual([]);
  });

  it('closes its sockets when it is cancelled', async () => {
    const { hash } = await client.files.upload(bucketId, new File([content(4 * MiB)], 'big'));
    local.node.misconduct = (socket, shard) => {
      socket.send(shard);
      if (isFirst(shard)) socket.close(1000);
    };
    const reader = client.files.download(bucketId, hash, { concurrency: 3 }).getReader();
    await reader.read();
    await expect.poll(() => local.node.connections).toBeGreaterThanOrEqual(2);
    await reader.cancel();
    await expect.poll(() => local.node.connections).toBe(0);
  });

  it('fails with the reason of its signal and closes its sockets', async () => {
    const { hash } = await client.files.upload(bucketId, new File([content(4 * MiB)], 'big'));
    const stop = new AbortController();
    local.node.misconduct = () => stop.abort(new Error('enough'));
    const options = { concurrency: 4, signal: stop.signal };
    await expect(bytesOf(client.files.download(bucketId, hash, options))).rejects.toThrow('enough');
    await expect.poll(() => local.node.connections).toBe(0);
  });

  it('fails when the file is not there', async () => {
    const stream = client.files.download(bucketId, '0'.repeat(40));
    await expect(bytesOf(stream)).rejects.toMatchObject({ code: 'not-found', status: 404 });
  });
});

describe('a slow reader', () => {
  it.each([
    ['with tokens of its own', false],
    ['with a first token that it was given', true],
  ])('gets the whole file although the storage nodes forget their tokens, %s', async (_, given) => {
    let time = Date.now();
    const slow = await startBridge({ shardSize: MiB, now: () => time });
    try {
      const { client } = await signedIn(slow, 'ann@example.com', { now: () => time });
      const { id } = await client.buckets.create();
      const file = content(4 * MiB);
      const { hash } = await client.files.upload(id, new File([file], 'big'));
      const received: Uint8Array[] = [];
      const options = given ? { token: await client.tokens.create(id, 'PULL') } : {};
      for await (const chunk of client.files.download(id, hash, options)) {
        received.push(chunk);
        time += 10_000;
      }
      expect(Buffer.concat(received).equals(file)).toBe(true);
      const asked = slow.seen.filter(({ target }) => target.endsWith(hash));
      expect(asked.length).toBeGreaterThan(1);
    } finally {
      await slow.stop();
    }
  });
});

describe('the events of a client', () => {
  it('tell of answers, transfers and failures', async () => {
    const events: BridgeEvent[] = [];
    for (const type of ['answer', 'upload', 'stored', 'download', 'failure'] as const) {
      client.on(type, (event) => events.push(event));
    }
    const entry = await client.files.upload(bucketId, new File(['hello'], 'hello.txt'));
    const { hash } = entry;
    await bytesOf(client.files.download(bucketId, hash));
    const missing = await client.buckets.get('f'.repeat(24)).catch((error: unknown) => error);
    const upload = { type: 'upload', bucketId, filename: 'hello.txt', total: 5 };
    expect(events).toEqual([
      { type: 'answer', endpoint: 'POST /buckets/:id/tokens', status: 200 },
      { ...upload, loaded: 0 },
      { type: 'answer', endpoint: 'PUT /buckets/:id/files', status: 200 },
      { ...upload, loaded: 5 },
      { type: 'stored', entry },
      { type: 'answer', endpoint: 'POST /buckets/:id/tokens', status: 200 },
      { type: 'answer', endpoint: 'GET /buckets/:id/files/:hash', status: 200 },
      { type: 'download', bucketId, hash, loaded: 5, shard: 1, shards: 1 },
      { type: 'answer', endpoint: 'GET /buckets/:id', status: 404 },
      { type: 'failure', endpoint: 'GET /buckets/:id', error: missing },
    ]);
  });

  it('tell of a storage node that fails', async () => {
    const { hash } = await client.files.upload(bucketId, new File(['hello'], 'hello.txt'));
    local.node.misconduct = (socket) => socket.close(1000);
    const failures: unknown[] = [];
    client.on('failure', ({ error }) => failures.push(error));
    const error = await bytesOf(client.files.download(bucketId, hash)).catch((e: unknown) => e);
    expect(failures).toEqual([error]);
    expect(error).toMatchObject({ name: 'BridgeChannelError' });
  });
});
