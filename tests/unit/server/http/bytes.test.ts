import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { handleBytes } from '../../../../src/server/http/bytes.ts';
import type { HttpContext } from '../../../../src/server/http/context.ts';
import { ApiError } from '../../../../src/server/http/errors.ts';
import type { FileRecord } from '../../../../src/server/metadata/store.ts';

const file = { shareId: 1, fileid: 0, filename: 'a.txt', createdAt: 0, downloads: 0 };
const blob = { blobId: 'b', size: 5, storedAt: 0 };
const uploading: FileRecord = { ...file, state: 'uploading' };
const uploaded: FileRecord = { ...file, state: 'uploaded', blob };

let close = () => {};
afterEach(() => close());

/** What a visitor gets who meets these states of a file, one at each look, and nobody who sends. */
async function visit(...looks: [FileRecord, ...FileRecord[]]): Promise<[number, string]> {
  let look = 0;
  const context = {
    signer: { verify: () => ({ sharename: 'x', fileid: '0' }) },
    sharing: {
      findShare: async () => ({ removed: false }),
      findFile: async () => looks[look++] ?? looks.at(-1),
      awaited: () => undefined,
    },
    uploads: { current: async () => undefined },
    readers: { add: () => undefined },
    blobs: { open: async () => ({ stream: () => Readable.from(['bytes']) }) },
  } as unknown as HttpContext;
  const server = createServer((req, res) => {
    handleBytes(context, { req, res, query: new URLSearchParams() }).catch((error: unknown) => {
      res.writeHead(error instanceof ApiError ? error.status : 500).end();
    });
  });
  close = () => server.close();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  return [response.status, await response.text()];
}

test('an upload that ends between two looks is looked for once more', async () => {
  expect(await visit(uploading, uploaded)).toEqual([200, 'bytes']);
});

test('an upload of which nothing is left is not found', async () => {
  expect((await visit(uploading))[0]).toBe(404);
});
