import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createGettClient,
  fileFromPath,
  fileTokenStore,
  type GettClient,
  gettEnvironment,
  NotFoundError,
  saveFile,
} from '../../src/sdk/node.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PASSWORD = 'lovelace-1843';

let server: TestServer;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  await server.addUser({ email: 'ada@example.org', password: PASSWORD, name: 'Ada' });
  folder = await mkdtemp(path.join(tmpdir(), 'gett-node-'));
  environment = {
    GETT_SERVER: server.origin,
    GETT_EMAIL: 'ada@example.org',
    GETT_PASSWORD: PASSWORD,
  };
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a client from the environment', () => {
  test('is signed in with e-mail and password', async () => {
    const gett = await createGettClient({ environment });
    expect((await gett.me()).email).toBe('ada@example.org');
  });

  test('is signed in with a refresh token, which goes before a password', async () => {
    const tokens = fileTokenStore(path.join(folder, 'first.json'));
    await createGettClient({ environment, tokens });
    const { refreshToken = '' } = (await tokens.get()) ?? {};
    const gett = await createGettClient({
      environment: { ...environment, GETT_PASSWORD: 'wrong', GETT_REFRESH_TOKEN: refreshToken },
    });
    expect((await gett.me()).fullName).toBe('Ada');
  });

  test('takes arguments before variables, and needs an address', async () => {
    const gett = await createGettClient({
      environment: { ...environment, GETT_SERVER: 'http://127.0.0.1:9', GETT_EMAIL: 'eve@x.org' },
      baseUrl: server.baseUrl,
      credentials: { email: 'ada@example.org', password: PASSWORD },
    });
    expect((await gett.me()).email).toBe('ada@example.org');
    await expect(createGettClient({ environment: {} })).rejects.toThrow(/GETT_SERVER/);
  });

  test('shows what is there for one service to no other', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      request.on('data', (text) => asked.push(String(text)));
      request.on('end', () => response.writeHead(401).end());
    });
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const gett = await createGettClient({
      environment: { ...environment, GETT_API_KEY: 'a key' },
      baseUrl: `http://127.0.0.1:${port}/1`,
    });
    await expect(gett.me()).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(asked).toEqual([]);
    other.close();
  });

  test('is a visitor’s without credentials', async () => {
    const owner = await createGettClient({ environment });
    const { sharename } = await owner.shares.create({ title: 'For all' });
    const visitor = await createGettClient({ environment: { GETT_SERVER: server.origin } });
    expect((await visitor.shares.get(sharename)).title).toBe('For all');
    await expect(visitor.me()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test.each([
    ['files.example.org', 'https://files.example.org/1'],
    ['http://127.0.0.1:4380/', 'http://127.0.0.1:4380/1'],
    ['https://example.org/api/1/', 'https://example.org/api/1'],
  ])('reads the address %s as %s', (address, baseUrl) => {
    expect(gettEnvironment({ GETT_SERVER: address })).toEqual({ baseUrl });
  });

  test('refuses an address with a password in it without repeating it', () => {
    const read = () => gettEnvironment({ GETT_SERVER: 'https://ada:hush@files.example.org' });
    expect(read).toThrow(/https:\/\/files\.example\.org/);
    expect(read).not.toThrow(/hush/);
  });
});

describe('tokens in a file', () => {
  test('survive the program, in a file and folders for this user only', async () => {
    const file = path.join(folder, 'deep', 'down', 'tokens.json');
    await createGettClient({ environment, tokens: fileTokenStore(file) });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    const later = await createGettClient({
      environment: { GETT_SERVER: server.origin },
      tokens: fileTokenStore(file),
    });
    expect((await later.me()).email).toBe('ada@example.org');
    await later.signOut();
    expect(await fileTokenStore(file).get()).toBeUndefined();
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  test('that are none are refused without being quoted', async () => {
    const file = path.join(folder, 'bad.json');
    await writeFile(file, '{"accessToken":"a.b.c.d.e"');
    const reading = fileTokenStore(file).get();
    await expect(reading).rejects.toThrow(/bad\.json does not hold tokens: remove it/);
    await expect(reading).rejects.not.toThrow(/a\.b\.c/);
  });

  test('are whole whenever another program reads them', async () => {
    const store = fileTokenStore(path.join(folder, 'shared.json'));
    const tokens = (n: number) => ({
      accessToken: `${n}`.repeat(5000),
      refreshToken: 'r',
      expiresAt: n,
    });
    const writing = Promise.all(Array.from({ length: 20 }, (_, n) => store.set(tokens(n))));
    const written = new AbortController();
    const reads = (async () => {
      while (!written.signal.aborted) {
        const found = await store.get();
        if (found) expect(found.accessToken).toBe(`${found.expiresAt}`.repeat(5000));
      }
    })();
    await writing;
    written.abort();
    await reads;
  });
});

describe('saving a file', () => {
  let gett: GettClient;
  const bytes = randomBytes(3_000_000);

  beforeAll(async () => {
    gett = await createGettClient({ environment });
    await writeFile(path.join(folder, 'film.mkv'), bytes);
  });

  test('gives the bytes that were sent from a path, and tells how far it is', async () => {
    const upload = gett.upload([await fileFromPath(path.join(folder, 'film.mkv'))]);
    const [file] = (await upload.done).files;
    const seen: number[] = [];
    const target = path.join(folder, 'copy.mkv');
    await saveFile(file!, target, {
      noinc: true,
      onProgress: ({ received, total }) => {
        seen.push(received);
        expect(total).toBe(bytes.length);
      },
    });
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(bytes.length);
    expect((await file!.refresh()).downloads).toBe(0);
  });

  test('of an empty file gives an empty file', async () => {
    const share = await gett.upload([new File([], 'empty.txt')]).done;
    await saveFile(share.files[0]!, path.join(folder, 'empty.txt'));
    expect(await readFile(path.join(folder, 'empty.txt'), 'utf8')).toBe('');
  });

  test('can be given up, and leaves nothing under the name', async () => {
    const share = await gett.upload([new File([bytes], 'film.mkv')]).done;
    const stop = new AbortController();
    const target = path.join(folder, 'stopped.mkv');
    const saving = saveFile(share.files[0]!, target, {
      signal: stop.signal,
      onProgress: ({ received }) => received > 0 && stop.abort(new Error('enough')),
    });
    await expect(saving).rejects.toThrow('enough');
    await expect(stat(target)).rejects.toThrow();
  });

  test('of a file without bytes says that it is not there', async () => {
    const share = await gett.shares.create();
    const file = await share.createFile({ filename: 'later.txt' });
    const saving = saveFile(file, path.join(folder, 'later.txt'));
    await expect(saving).rejects.toBeInstanceOf(NotFoundError);
  });
});
