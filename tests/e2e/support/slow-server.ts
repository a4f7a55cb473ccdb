import { startServer, type TestServer } from '../../support/server.ts';
import { type SlowProxy, startSlowProxy } from '../../support/slow-proxy.ts';
import { USER } from './account.ts';

/** A server with one account that is reached over a narrow uplink; its links lead there too. */
export interface SlowServer {
  server: TestServer;
  uplink: SlowProxy;
  stop: () => Promise<void>;
}

/** @param publicUrl origin in the links, if it is not the uplink's own. */
export async function startSlowServer(publicUrl?: string): Promise<SlowServer> {
  const uplink = await startSlowProxy();
  const server = await startServer({ args: ['--public-url', publicUrl ?? uplink.origin] });
  uplink.leadTo(server.origin);
  await server.addUser(USER);
  return {
    server,
    uplink,
    async stop() {
      await uplink.stop();
      await server.stop();
    },
  };
}

/** What the service says of the first file behind a link. */
export async function stateOf({ baseUrl }: TestServer, link: string): Promise<string> {
  const sharename = new URL(link).pathname.split('/').at(-1);
  const response = await fetch(`${baseUrl}/shares/${sharename}`);
  const { files } = (await response.json()) as { files: { readystate: string }[] };
  return files[0]?.readystate ?? 'none';
}
