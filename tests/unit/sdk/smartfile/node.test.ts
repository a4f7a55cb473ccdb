import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmartFileConfigurationError } from '../../../../src/sdk/smartfile/index.ts';
import {
  createBasicClient,
  createOAuthClient,
  credentialsFromEnvironment,
  credentialsFromNetrc,
} from '../../../../src/sdk/smartfile/node.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let folder: string;
let netrcFile: string;

beforeEach(async () => {
  service = await startSmartFile();
  folder = await mkdtemp(path.join(tmpdir(), 'gett-netrc-'));
  netrcFile = path.join(folder, 'netrc');
  await writeFile(netrcFile, '');
});

afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const host = () => new URL(service.baseUrl).host;
const writeNetrc = (login: string, password: string) =>
  writeFile(netrcFile, `machine ${host()} login ${login} password ${password}\n`);

const other = 'x'.repeat(32);

describe('a basic client', () => {
  it('takes the key and the password from the environment', async () => {
    const { key, password } = service.credentials;
    const client = await createBasicClient({
      environment: {
        SMARTFILE_API_URL: service.baseUrl,
        SMARTFILE_API_KEY: ` ${key}\n`,
        SMARTFILE_API_PASSWORD: password,
      },
      netrcFile,
    });
    expect(await client.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('takes them from the netrc file by host and port', async () => {
    await writeNetrc(service.credentials.key, service.credentials.password);
    const client = await createBasicClient({
      baseUrl: service.baseUrl,
      environment: {},
      netrcFile,
    });
    expect(await client.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('looks each of the two up on its own, arguments first, the file last', async () => {
    const { key, password } = service.credentials;
    await writeNetrc(other, password);
    const client = await createBasicClient({
      key,
      baseUrl: service.baseUrl,
      environment: { SMARTFILE_API_KEY: other },
      netrcFile,
    });
    expect(await client.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('takes the environment before the file', async () => {
    const { key, password } = service.credentials;
    await writeNetrc(other, password);
    const client = await createBasicClient({
      baseUrl: service.baseUrl,
      environment: { SMARTFILE_API_KEY: key },
      netrcFile,
    });
    expect(await client.whoami()).toMatchObject({ user: { username: 'bobafett' } });
    await writeNetrc(key, other);
    const second = await createBasicClient({
      baseUrl: service.baseUrl,
      environment: { SMARTFILE_API_PASSWORD: password },
      netrcFile,
    });
    expect(await second.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('does not read the file when it needs nothing from it', async () => {
    const missing = path.join(folder, 'missing');
    const options = { ...service.credentials, baseUrl: service.baseUrl, environment: {} };
    const client = await createBasicClient({ ...options, netrcFile: missing });
    expect(await client.ping()).toEqual({ ping: 'pong' });
  });

  it('takes the name and password of an account from the environment, of any length', async () => {
    const { username, password } = service.account;
    const environment = { SMARTFILE_USER: username, SMARTFILE_PASS: password };
    const client = await createBasicClient({ baseUrl: service.baseUrl, environment, netrcFile });
    expect(await client.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('says where credentials may be put when there are none', async () => {
    const call = createBasicClient({ environment: { SMARTFILE_API_KEY: '' }, netrcFile });
    await expect(call).rejects.toBeInstanceOf(SmartFileConfigurationError);
    await expect(call).rejects.toThrow(/SMARTFILE_API_KEY.*netrc/);
  });

  it('refuses a short key from the netrc file', async () => {
    await writeNetrc('short', 'also-short');
    const call = createBasicClient({ baseUrl: service.baseUrl, environment: {}, netrcFile });
    await expect(call).rejects.toBeInstanceOf(SmartFileConfigurationError);
    await expect(call).rejects.not.toThrow(/also-short/);
  });
});

describe('an OAuth client', () => {
  it('takes its tokens from the environment', async () => {
    const { client } = service;
    const oauth = createOAuthClient({
      environment: {
        SMARTFILE_API_URL: service.baseUrl,
        SMARTFILE_CLIENT_TOKEN: client.token,
        SMARTFILE_CLIENT_SECRET: client.secret,
      },
    });
    const request = await oauth.requestToken();
    const page = await (await fetch(oauth.authorizationUrl(request), { method: 'POST' })).text();
    const access = await oauth.accessToken(request, /verifier">(\w+)</.exec(page)?.[1] ?? '');
    const later = createOAuthClient({
      baseUrl: service.baseUrl,
      environment: {
        SMARTFILE_CLIENT_TOKEN: client.token,
        SMARTFILE_CLIENT_SECRET: client.secret,
        SMARTFILE_ACCESS_TOKEN: access.token,
        SMARTFILE_ACCESS_SECRET: access.secret,
      },
    });
    expect(await later.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('needs the token of an application', () => {
    expect(() => createOAuthClient({ environment: { SMARTFILE_CLIENT_TOKEN: 'x' } })).toThrow(
      SmartFileConfigurationError,
    );
  });
});

describe('the environment', () => {
  it('is read into one object', () => {
    expect(
      credentialsFromEnvironment({
        SMARTFILE_API_KEY: 'k',
        SMARTFILE_ACCESS_TOKEN: 't',
        SMARTFILE_ACCESS_SECRET: 's',
      }),
    ).toMatchObject({ key: 'k', password: undefined, access: { token: 't', secret: 's' } });
  });
});

describe('the netrc file', () => {
  it('gives the key and the password of a host', async () => {
    await writeFile(netrcFile, 'machine a login k password p');
    expect(await credentialsFromNetrc({ host: 'a', file: netrcFile })).toEqual({
      key: 'k',
      password: 'p',
    });
    expect(await credentialsFromNetrc({ host: 'b', file: netrcFile })).toEqual({});
  });

  it('must be readable when it was named', async () => {
    const file = path.join(folder, 'missing');
    await expect(credentialsFromNetrc({ host: 'a', file })).rejects.toBeInstanceOf(
      SmartFileConfigurationError,
    );
  });
});
