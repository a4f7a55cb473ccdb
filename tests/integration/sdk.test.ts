import { afterAll, beforeAll, describe, it } from 'vitest';
import * as sdk from '../../src/sdk/node.ts';
import { cases } from '../support/sdk-suite/cases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const account = { email: 'ada@example.org', password: 'difference engine' };

describe('the SDK in Node', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.addUser({ ...account, name: 'Ada' });
  });
  afterAll(() => server.stop());

  for (const { name, run } of cases.filter(({ browserOnly }) => !browserOnly)) {
    it(name, () => run({ sdk, baseUrl: server.baseUrl, WebSocket: sdk.LiveWebSocket, ...account }));
  }
});
