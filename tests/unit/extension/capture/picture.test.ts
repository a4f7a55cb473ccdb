import { describe, expect, it } from 'vitest';
import {
  capturePicture,
  type PictureReaders,
  type Read,
} from '../../../../src/extension/capture/picture.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const read = (body: BlobPart, rest: Partial<Read> = {}): Read => ({
  bytes: new Blob([body]),
  status: 200,
  disposition: null,
  ...rest,
});
const page = { tabId: 1, frameId: 0, url: 'https://site.test/page' };

/** Readers that give what is listed, and a record of who was asked. */
function readers(answers: {
  inPage?: Read | 'forbidden';
  direct?: Read;
  granted?: string[];
  left?: boolean;
}): PictureReaders & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async inPage() {
      asked.push('page');
      if (answers.inPage === 'forbidden') throw new Error('cannot access');
      return answers.inPage;
    },
    async direct(_src, credentials) {
      asked.push(`direct ${credentials}`);
      return answers.direct;
    },
    pageLeft: async () => answers.left ?? false,
    hasOrigin: async (origin) => answers.granted?.includes(origin) ?? false,
  };
}

describe('capturing a picture', () => {
  it('reads a data: address without asking the page', async () => {
    const all = readers({ direct: read(PNG) });
    const source = { src: 'data:image/png;base64,iVBORw0KGgo=', pageTitle: 'T', page };
    expect(await capturePicture(source, all)).toMatchObject({ kind: 'picture', name: 'T.png' });
    expect(all.asked).toEqual(['direct omit']);
  });

  it('asks the page first, and nobody else when that succeeds', async () => {
    const all = readers({ inPage: read(PNG) });
    const captured = await capturePicture(
      { src: 'https://site.test/cat.png', pageTitle: '', page },
      all,
    );
    expect(captured).toMatchObject({ kind: 'picture', name: 'cat.png' });
    expect(all.asked).toEqual(['page']);
  });

  it('sends cookies itself only to the origin of the tab', async () => {
    const all = readers({ inPage: 'forbidden', direct: read(PNG) });
    await capturePicture({ src: 'https://site.test/cat.png', pageTitle: '', page }, all);
    await capturePicture({ src: 'https://cdn.test/cat.png', pageTitle: '', page }, all);
    expect(all.asked).toEqual(['page', 'direct include', 'page', 'direct omit']);
  });

  it('sends cookies to a host that the user has allowed', async () => {
    const all = readers({ direct: read(PNG), granted: ['https://cdn.test/*'] });
    await capturePicture({ src: 'https://cdn.test/cat.png', pageTitle: '' }, all);
    expect(all.asked).toEqual(['direct include']);
  });

  it('needs permission for exactly the host that holds the picture', async () => {
    const captured = await capturePicture(
      { src: 'https://cdn.test:8443/cat.png', pageTitle: '', page },
      readers({}),
    );
    expect(captured).toEqual({
      kind: 'blocked',
      reason: { kind: 'permission', origin: 'https://cdn.test/*', host: 'cdn.test' },
    });
  });

  it('says that the page allows no add-on when nothing else is left', async () => {
    const captured = await capturePicture(
      { src: 'blob:https://site.test/1', pageTitle: '', page },
      readers({ inPage: 'forbidden' }),
    );
    expect(captured).toMatchObject({ kind: 'failed', failure: { code: 'page-forbids' } });
  });

  it('never publishes the sign-in page that came instead', async () => {
    const captured = await capturePicture(
      { src: 'https://site.test/cat.png', pageTitle: '', page },
      readers({ inPage: read('<!DOCTYPE html><title>Sign in</title>') }),
    );
    expect(captured).toMatchObject({ kind: 'failed', failure: { code: 'image-needs-sign-in' } });
  });

  it('never publishes bytes of another kind', async () => {
    const captured = await capturePicture(
      { src: 'https://site.test/cat.png', pageTitle: '', page },
      readers({ inPage: read('{"error":"no"}') }),
    );
    expect(captured).toMatchObject({ kind: 'failed', failure: { code: 'not-an-image' } });
  });

  it('says that the page was left, where nothing else gives the picture', async () => {
    const source = { src: 'blob:https://site.test/1', pageTitle: '', page };
    const left = await capturePicture(source, readers({ inPage: 'forbidden', left: true }));
    expect(left).toMatchObject({ kind: 'failed', failure: { code: 'page-left' } });
    const there = await capturePicture(source, readers({ inPage: 'forbidden' }));
    expect(there).toMatchObject({ kind: 'failed', failure: { code: 'page-forbids' } });
  });

  it.each([
    [404, 'image-gone'],
    [500, 'image-gone'],
    [401, 'image-needs-sign-in'],
    [403, 'image-needs-sign-in'],
  ])('knows what status %i means', async (status, code) => {
    const captured = await capturePicture(
      { src: 'https://site.test/cat.png', pageTitle: '', page },
      readers({ inPage: read(PNG, { status }) }),
    );
    expect(captured).toMatchObject({ kind: 'failed', failure: { code } });
  });

  it('gives the bytes unchanged, with their real type', async () => {
    const captured = await capturePicture(
      { src: 'https://site.test/cat.jpg', pageTitle: '', page },
      readers({ inPage: read(PNG) }),
    );
    if (captured.kind !== 'picture') throw new Error(captured.kind);
    expect(captured).toMatchObject({ name: 'cat.png', bytes: { type: 'image/png' } });
    expect(new Uint8Array(await captured.bytes.arrayBuffer())).toEqual(PNG);
  });
});
