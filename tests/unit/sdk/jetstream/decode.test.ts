import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  JetStream,
  type JetStreamApi,
  type Transfer,
} from '../../../../src/sdk/jetstream/index.ts';
import { scriptedServer } from '../../../support/jetstream/script.ts';

async function answered(result: unknown) {
  const { transport } = scriptedServer(({ method }) =>
    method.endsWith('Async') ? { requestId: 1 } : result,
  );
  return new JetStream({ transport }).api('localhost').connect();
}

const TRANSFER: Transfer = {
  transferId: '0123456789abcdef0123456789abcdef',
  manifestId: '2',
  destinationId: '3',
  owner: 'jsmith',
  processing: true,
  errorMessage: null,
  status: 'sending',
  destinationPath: null,
  priority: 0,
  checkpointFrequencySeconds: null,
  totalBytes: 1000,
  totalBlocks: 4,
  blockSize: 256,
  blocksSent: 2,
  blocksAcked: 1,
  blocksRetransmitted: 0,
  bytesSent: 512,
  bytesRecv: 40,
  packetsSent: 2,
  packetsRecv: 1,
  requestTime: 1_420_070_400_000_000,
  queueTime: null,
  startTime: null,
  endTime: null,
  snapshotTime: 1_420_070_400_000_001,
};

describe('structures', () => {
  it('keep their members, nulls and members of later revisions', async () => {
    const api = await answered({ ...TRANSFER, laterMember: { deep: [1] } });
    const transfer = await api.send.getTransfer('1');
    expect(transfer).toEqual({ ...TRANSFER, laterMember: { deep: [1] } });
    expectTypeOf(transfer.totalBytes).toEqualTypeOf<number | null | undefined>();
  });

  const ongoing = { processing: true, status: 'looking around' };
  it.each<[name: string, bare: object, get: (api: JetStreamApi) => Promise<unknown>]>([
    ['Manifest', { manifestId: '2', ...ongoing }, ({ send }) => send.getManifest('2')],
    [
      'ManifestFiles',
      { manifestId: '2', fileMappings: [{}] },
      ({ send }) => send.getManifestFiles('2'),
    ],
    ['Destination', { destinationId: '3' }, ({ send }) => send.getDestination('3')],
    ['Connection', { connectionId: '4' }, ({ send }) => send.getConnection('4')],
    ['Transfer', { transferId: '1', ...ongoing }, ({ send }) => send.getTransfer('1')],
    ['SharedToken', { token: 'A.B.C' }, ({ send }) => send.getSharedToken('A.B.C')],
    ['APIToken', { token: 'A.B.C' }, ({ server }) => server.getAPIToken('A.B.C')],
    ['ServerInfo', {}, ({ server }) => server.getServerInfo()],
    ['RequestHandle', { requestId: 1 }, ({ server }) => server.superuserAsync()],
    ['RequestStatus', ongoing, ({ server }) => server.getRequestStatus(1)],
    [
      'ReceiveTransfer',
      [{ transferId: '1', status: 'receiving' }],
      ({ recv }) => recv.getTransfers(),
    ],
    ['Source', [{}], ({ recv }) => recv.getSources()],
  ])('may leave out everything but id, processing and status: %s', async (_name, bare, get) => {
    await expect(get(await answered(bare))).resolves.toEqual(bare);
  });

  it.each([undefined, null])('have no files when the server writes %s for them', async (none) => {
    const api = await answered({ manifestId: '2', fileMappings: none });
    const files = await api.send.getManifestFiles('2');
    expect(files).toEqual({ manifestId: '2', fileMappings: [] });
    expectTypeOf(files.fileMappings[0]?.srcPath).toEqualTypeOf<string | null | undefined>();
  });

  it.each(['manifestId', 'processing', 'status'])('are refused without %s', async (member) => {
    const manifest = { manifestId: '2', processing: true, status: 'pending', [member]: undefined };
    const api = await answered(manifest);
    await expect(api.send.getManifest('2')).rejects.toThrow(
      `The answer to send.getManifest cannot be understood: result.${member} must be`,
    );
  });

  it('are refused when a member has the wrong kind', async () => {
    const api = await answered({ ...TRANSFER, bytesSent: {} });
    await expect(api.send.getTransfer('1')).rejects.toThrow('result.bytesSent must be a number');
  });

  it('have ids of text, even when a server writes numbers', async () => {
    const api = await answered([{ destinationId: 12, connectionId: 13 }]);
    await expect(api.send.getDestinations()).resolves.toEqual([
      { destinationId: '12', connectionId: '13' },
    ]);
  });

  it('cannot smuggle in a prototype', async () => {
    const api = await answered(JSON.parse('{"connectionId":"1","__proto__":{"polluted":true}}'));
    const connection = await api.send.getConnection('1');
    expect(connection.polluted).toBeUndefined();
    expect(Object.getPrototypeOf(connection)).toBe(Object.prototype);
  });

  it('of one list are all checked', async () => {
    const api = await answered([TRANSFER, 5]);
    await expect(api.send.getTransfers()).rejects.toThrow('result[1] must be an object');
  });
});
