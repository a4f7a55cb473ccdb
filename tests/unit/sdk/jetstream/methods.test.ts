import { describe, expect, it } from 'vitest';
import { JetStream, type JetStreamApi } from '../../../../src/sdk/jetstream/index.ts';
import { Gateway } from '../../../support/jetstream/gateway.ts';
import { scriptedServer } from '../../../support/jetstream/script.ts';

const manifest = { manifestId: 'm1', processing: false, status: 'complete' };
const destination = { destinationId: 'd1' };
const connection = { connectionId: 'c1' };
const transfer = {
  transferId: 't1',
  manifestId: 'm1',
  destinationId: 'd1',
  processing: false,
  status: 'complete',
};
const token = { token: 'MAYWEBRO.TRUPO.VEVEEBLU', manifestId: 'm1' };
const KEY = 'Y2xpZW50';

interface Case {
  args: unknown[];
  params: Record<string, unknown>;
  result: unknown;
  asyncOnly?: true;
}

const none = (result: unknown): Case => ({ args: [], params: {}, result });
const of = (argument: unknown, params: Record<string, unknown>, result: unknown): Case => ({
  args: [argument],
  params,
  result,
});

/** Every documented method: what a caller gives, what goes over the wire, what comes back. */
const METHODS: Record<string, Case[]> = {
  'server.auth': [
    { args: ['jsmith', 'secret'], params: { user: 'jsmith', password: 'secret' }, result: null },
  ],
  'server.authToken': [
    of(token, { token: token.token }, null),
    { args: ['T', { password: 'p' }], params: { token: 'T', password: 'p' }, result: null },
  ],
  'server.superuser': [none(null)],
  'server.getServerInfo': [none({ version: '2.3.1', apiVersion: 30, authRequired: true })],
  'server.getEventLog': [none([{ time: 1, message: 'started' }, 'or a text'])],
  'server.createAPIToken': [
    none({ token: 'A' }),
    of(
      { description: 'ci', expiryTime: 5, permissions: ['send'], path: '/x' },
      { description: 'ci', expiryTime: 5, permissions: ['send'], path: '/x' },
      { token: 'A', permissions: ['send'], path: '/x' },
    ),
  ],
  'server.getAPIToken': [of('A', { token: 'A' }, { token: 'A' })],
  'server.getAPITokens': [none([{ token: 'A' }])],
  'server.deleteAPIToken': [of({ token: 'A' }, { token: 'A' }, null)],
  'send.createManifest': [
    of({ mappings: { '/d/a': '/s/a' } }, { mappings: { '/d/a': '/s/a' } }, manifest),
    of({ mappings: {}, userData: { a: null } }, { mappings: {}, userData: { a: null } }, manifest),
  ],
  'send.getManifest': [
    of(manifest, { manifestId: 'm1' }, manifest),
    of('m1', { manifestId: 'm1' }, manifest),
  ],
  'send.getManifests': [none([manifest])],
  'send.getManifestFiles': [
    of(
      manifest,
      { manifestId: 'm1' },
      { manifestId: 'm1', fileMappings: [{ srcPath: '/s', destPath: '/d' }] },
    ),
  ],
  'send.deleteManifest': [
    of(manifest, { manifestId: 'm1' }, null),
    of('m1', { manifestId: 'm1' }, null),
  ],
  'send.createDestination': [
    of('host', { destinationAddress: 'host', destinationPort: 8886 }, destination),
    {
      args: ['host', { destinationPort: 9000 }],
      params: { destinationAddress: 'host', destinationPort: 9000 },
      result: destination,
    },
  ],
  'send.getDestination': [
    of(destination, { destinationId: 'd1' }, destination),
    of('d1', { destinationId: 'd1' }, destination),
  ],
  'send.getDestinations': [none([destination])],
  'send.deleteDestination': [of(destination, { destinationId: 'd1' }, null)],
  'send.getConnection': [
    of(connection, { connectionId: 'c1' }, connection),
    of('c1', { connectionId: 'c1' }, connection),
  ],
  'send.getConnections': [none([connection])],
  'send.createTransfer': [
    {
      args: [destination, manifest],
      params: { destinationId: 'd1', manifestId: 'm1' },
      result: transfer,
    },
    {
      args: ['d1', 'm1', { destinationPath: '/in', priority: 2, userData: { a: 1 } }],
      params: {
        destinationId: 'd1',
        manifestId: 'm1',
        destinationPath: '/in',
        priority: 2,
        userData: { a: 1 },
      },
      result: transfer,
    },
  ],
  'send.getTransfer': [
    of(transfer, { transferId: 't1' }, transfer),
    of('t1', { transferId: 't1' }, transfer),
  ],
  'send.getTransfers': [none([transfer])],
  'send.suspendTransfer': [of(transfer, { transferId: 't1' }, transfer)],
  'send.resumeTransfer': [
    of(transfer, { transferId: 't1' }, transfer),
    of('t1', { transferId: 't1' }, transfer),
  ],
  'send.deleteTransfer': [of(transfer, { transferId: 't1' }, null)],
  'send.failTransfer': [
    of(transfer, { transferId: 't1' }, null),
    {
      args: ['t1', 'no more'],
      params: { transferId: 't1', errorMessage: 'no more' },
      result: null,
    },
  ],
  'send.createSharedToken': [
    of(manifest, { manifestId: 'm1' }, token),
    {
      args: ['m1', { description: 'd', expiryTime: 9, downloadLimit: 3, password: 'p' }],
      params: {
        manifestId: 'm1',
        description: 'd',
        expiryTime: 9,
        downloadLimit: 3,
        password: 'p',
      },
      result: token,
    },
  ],
  'send.getSharedToken': [of(token, { token: token.token }, token), of('T', { token: 'T' }, token)],
  'send.getSharedTokens': [none([token])],
  'send.deleteSharedToken': [of(token, { token: token.token }, null)],
  'send.setSendRate': [
    { args: [5000], params: { sendRate: 5000 }, result: null, asyncOnly: true },
    {
      args: [5000, { connection }],
      params: { sendRate: 5000, connectionId: 'c1' },
      result: null,
      asyncOnly: true,
    },
  ],
  'send.updateObjectUserData': [
    { args: [manifest, { a: 1 }], params: { objectId: 'm1', userData: { a: 1 } }, result: null },
    { args: [destination, { a: 1 }], params: { objectId: 'd1', userData: { a: 1 } }, result: null },
    { args: [transfer, { a: 1 }], params: { objectId: 't1', userData: { a: 1 } }, result: null },
  ],
  'send.deleteObjectUserData': [
    of('x', { objectId: 'x' }, null),
    { args: [transfer, { keys: ['a'] }], params: { objectId: 't1', keys: ['a'] }, result: null },
  ],
  'recv.getSources': [{ ...none([{ sourceIP: '192.0.2.7', sourcePort: 8886 }]), asyncOnly: true }],
  'recv.getTransfers': [{ ...none([{ transferId: 'r1', status: 'receiving' }]), asyncOnly: true }],
  'recv.addAuthorizedClient': [{ ...of(KEY, { clientPublicKey: KEY }, null), asyncOnly: true }],
  'recv.removeAuthorizedClient': [{ ...of(KEY, { clientPublicKey: KEY }, null), asyncOnly: true }],
  'recv.allowOnlyAuthorizedClients': [{ ...of(true, { flag: true }, null), asyncOnly: true }],
};

async function connected(result: unknown) {
  const server = scriptedServer(({ method }) => {
    if (method === 'server.getRequestStatus') return { processing: false, status: 'complete' };
    return method.endsWith('Async') ? { requestId: 42 } : result;
  });
  const api = await new JetStream({ transport: server.transport }).api('localhost').connect();
  return { api, server };
}

function call(api: JetStreamApi, method: string, args: unknown[]): Promise<unknown> {
  const [group, name] = method.split('.') as ['server' | 'send' | 'recv', string];
  const methods: Record<string, unknown> = { ...api[group] };
  return (methods[name] as (...args: unknown[]) => Promise<unknown>)(...args);
}

const cases = Object.entries(METHODS).flatMap(([method, list]) =>
  list.map((entry) => ({ method, ...entry })),
);

describe('every documented method', () => {
  it.each(cases)('$method sends $params and gives the result', async (entry) => {
    const { method, args, params, result, asyncOnly } = entry;
    const { api, server } = await connected(result);
    await expect(call(api, method, args)).resolves.toEqual(result ?? undefined);
    const sent = server.messages.map(({ method, params }) => ({ method, params }));
    expect(sent).toEqual(
      asyncOnly
        ? [
            { method: `${method}Async`, params },
            { method: 'server.getRequestResult', params: { requestId: 42 } },
          ]
        : [{ method, params }],
    );
  });

  it.each(cases)('$method has a twin that queues $params', async (entry) => {
    const { method, args, params, result } = entry;
    const { api, server } = await connected(result);
    const request = await call(api, `${method}Async`, args);
    expect(request).toEqual({ requestId: 42 });
    expect(JSON.stringify(request)).toBe('{"requestId":42}');
    expect(server.messages).toMatchObject([{ method: `${method}Async`, params }]);
    expect(server.messages[0]?.params).toEqual(params);
    const followed = api.server.getRequestResult(request as { requestId: number });
    await expect(followed).resolves.toEqual(result ?? undefined);
    await expect(api.server.getRequestStatus(42)).resolves.toMatchObject({ status: 'complete' });
  });

  it.each(['Manifest', 'Transfer'])(
    'waitFor%s has a twin that the server answers',
    async (name) => {
      const structure = name === 'Manifest' ? manifest : transfer;
      const { api, server } = await connected(structure);
      const request = await call(api, `send.waitFor${name}Async`, [structure]);
      expect(request).toEqual({ requestId: 42 });
      expect(server.messages).toMatchObject([{ method: `send.waitFor${name}Async` }]);
    },
  );

  it('is in this table and in the reference gateway alike', () => {
    const waiters = ['send.waitForManifest', 'send.waitForTransfer'];
    expect([...Object.keys(METHODS), ...waiters].sort()).toEqual(Gateway.methodNames.sort());
  });

  it('reads the result of a queued request as that of the plain method', async () => {
    const { api } = await connected([{ manifestId: 7, processing: false, status: 'complete' }]);
    const request = await api.send.getManifestsAsync();
    const [first] = await api.server.getRequestResult(request);
    expect(first?.manifestId).toBe('7');
  });

  it.each(cases.filter(({ result }) => result !== null && !Array.isArray(result)))(
    '$method rejects an answer without what must be there',
    async ({ method, args, asyncOnly }) => {
      const { api } = await connected(7);
      if (asyncOnly) return;
      await expect(call(api, method, args)).rejects.toMatchObject({
        name: 'JetStreamProtocolError',
        cause: { name: 'DecodeError' },
      });
      expect(api.connected).toBe(true);
    },
  );

  const withSignal: Record<string, (signal: AbortSignal) => unknown[]> = {
    'server.auth': (signal) => ['jsmith', 'secret', { signal }],
    'server.authToken': (signal) => ['T', { password: 'p', signal }],
    'server.createAPIToken': (signal) => [{ path: '/', signal }],
    'server.getAPIToken': (signal) => ['A', { signal }],
    'send.createManifest': (signal) => [{ mappings: {} }, { signal }],
    'send.getManifests': (signal) => [{ signal }],
    'send.getManifest': (signal) => [manifest, { signal }],
    'send.createDestination': (signal) => ['host', { signal }],
    'send.getDestination': (signal) => ['d1', { signal }],
    'send.getConnection': (signal) => ['c1', { signal }],
    'send.createTransfer': (signal) => ['d1', 'm1', { priority: 1, signal }],
    'send.getTransfer': (signal) => ['t1', { signal }],
    'send.failTransfer': (signal) => ['t1', 'no more', { signal }],
    'send.createSharedToken': (signal) => ['m1', { downloadLimit: 1, signal }],
    'send.setSendRate': (signal) => [1, { signal }],
    'send.updateObjectUserData': (signal) => ['m1', {}, { signal }],
    'send.deleteObjectUserData': (signal) => ['m1', { signal }],
    'recv.getSources': (signal) => [{ signal }],
    'recv.addAuthorizedClient': (signal) => [KEY, { signal }],
    'recv.allowOnlyAuthorizedClients': (signal) => [true, { signal }],
    'server.getRequestStatus': (signal) => [1, { signal }],
    'server.getRequestResult': (signal) => [1, { signal }],
  };

  it.each(Object.keys(withSignal))(
    '%s stops waiting at a signal, which is not sent',
    async (method) => {
      const server = scriptedServer();
      const api = await new JetStream({ transport: server.transport }).api('localhost').connect();
      const controller = new AbortController();
      const reason = new Error('changed my mind');
      const args = withSignal[method]?.(controller.signal) ?? [];
      const waiting = expect(call(api, method, args)).rejects.toBe(reason);
      await expect.poll(() => server.messages.length).toBe(1);
      controller.abort(reason);
      await waiting;
      expect(server.messages[0]?.params).not.toHaveProperty('signal');
      await expect(call(api, method, args)).rejects.toBe(reason);
      expect(server.messages).toHaveLength(1);
    },
  );
});
