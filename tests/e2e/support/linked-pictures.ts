import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** A page with a small picture that links to a large one, and with one that links to a page. */
export interface LinkedPictures {
  readonly origin: string;
  /** The bytes at `/large.png`. */
  readonly large: Buffer;
  readonly small: Buffer;
  stop: () => void;
}

const PAGE = `<!doctype html><title>Harbour</title>
<a href="/large.png?size=full"><img id="linked" src="/small.png" width="90"></a>
<a href="/page.html"><img id="leading" src="/small.png" width="90"></a>
<a id="text" href="/large.png">The harbour</a>`;

export async function startLinkedPictures(): Promise<LinkedPictures> {
  const draw = (background: string) =>
    sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toBuffer();
  const [small, large] = await Promise.all([draw('#484'), draw('#c33')]);
  const site = createServer(({ url = '' }, response) => {
    if (!url.includes('.png')) response.setHeader('Content-Type', 'text/html').end(PAGE);
    else {
      const picture = url.startsWith('/small') ? small : large;
      response.setHeader('Content-Type', 'image/png').end(picture);
    }
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  return {
    origin: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    large,
    small,
    stop() {
      site.closeAllConnections();
      site.close();
    },
  };
}
