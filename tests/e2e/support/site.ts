import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** A web site with pictures, on an origin of its own and without CORS. */
export interface Site {
  /** For example `http://127.0.0.1:41234`; a page with one picture is at `/page`. */
  readonly origin: string;
  /** The bytes at `/cat.png`. */
  readonly cat: Buffer;
  stop: () => Promise<void>;
}

/** A real picture that does not compress away; noise makes it unlike any other. */
async function drawPicture(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width: 320, height: 200, channels: 3, background: '#48a', noise } })
    .png()
    .toBuffer();
}

/** @param elsewhere origin of a second site, for a picture on another host. */
export async function startSite(elsewhere = ''): Promise<Site> {
  const cat = await drawPicture();
  const answer = ({ url }: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(url ?? '/', 'http://site.test');
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'Content-Type': type }).end(body);
    if (pathname === '/cat.png') send('image/png', cat);
    // What some sites send instead of a picture when the visitor has to sign in.
    else if (pathname === '/secret.png') send('text/html', '<!doctype html><title>Sign in</title>');
    else if (pathname === '/page') send('text/html', page(elsewhere));
    else response.writeHead(404).end();
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    cat,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const page = (elsewhere: string) => `<!doctype html>
<title>Cats of the harbour</title>
<h1>Cats</h1>
<img id="own" src="/cat.png" alt="A cat">
${elsewhere && `<img id="foreign" src="${elsewhere}/cat.png" alt="A cat from elsewhere">`}
<input aria-label="Paste here">`;
