import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BridgeClient } from '../../../src/sdk/bridge/index.ts';
import { startBridge } from '../bridge/bridge-server.ts';
import { listen } from '../jetstream/listen.ts';
import { startServer } from '../server.ts';
import { startSmartFile } from '../smartfile/service.ts';

const password = 'difference engine';

/** The services that the guides speak to, each on a port of this machine. */
export interface Services {
  /** Of the real server, for example `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Puts the addresses of this machine for those that the guides name. */
  settle(text: string): string;
  /** What the guides take from the environment. */
  readonly environment: Record<string, string>;
  stop(): Promise<void>;
}

export async function startServices(): Promise<Services> {
  const server = await startServer({ args: ['--anonymous'] });
  await server.addUser({ email: 'ada@example.org', password, name: 'Ada' });
  const bridge = await startBridge();
  const visitor = new BridgeClient({ baseUrl: bridge.baseUrl });
  await visitor.users.register({ email: 'ann@example.com', password });
  await visitor.users.activate(bridge.accounts.mails.get('ann@example.com') ?? '');
  const users = [{ user: 'jsmith', password }];
  const jetstream = await listen({ users, files: { '/home/jsmith/readme.txt': 1000 } });
  const smartfile = await startSmartFile();
  const mail = createServer((request, response) => {
    response.end(bridge.accounts.mails.get(decodeURIComponent(request.url?.slice(1) ?? '')));
  });
  await new Promise<void>((resolve) => void mail.listen(0, '127.0.0.1', resolve));
  const addresses: Record<string, string> = {
    'https://files.example.org': server.origin,
    'https://bridge.example.org': bridge.baseUrl,
    'https://bridge.example.com': bridge.baseUrl,
    'https://smartfile.example.org/': smartfile.baseUrl,
    'https://mail.example.org': `http://127.0.0.1:${(mail.address() as AddressInfo).port}`,
    "'correct horse'": `'${password}'`,
    "api('jetstream.example.org')": `api('127.0.0.1', ${jetstream.tcpPort})`,
    "api('files.example.org')": `api('127.0.0.1', ${jetstream.tcpPort})`,
  };
  return {
    origin: server.origin,
    settle: (text) =>
      Object.entries(addresses).reduce((all, [from, to]) => all.replaceAll(from, to), text),
    environment: {
      GETT_SERVER: server.origin,
      GETT_EMAIL: 'ada@example.org',
      GETT_PASSWORD: password,
      SMARTFILE_API_URL: smartfile.baseUrl,
      SMARTFILE_API_KEY: smartfile.credentials.key,
      SMARTFILE_API_PASSWORD: smartfile.credentials.password,
    },
    async stop() {
      mail.closeAllConnections();
      mail.close();
      await Promise.all([server.stop(), bridge.stop(), jetstream.stop(), smartfile.stop()]);
    },
  };
}
