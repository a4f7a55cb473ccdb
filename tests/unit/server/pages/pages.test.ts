import { describe, expect, it } from 'vitest';
import type { GettFile, GettShare } from '../../../../src/protocol/shapes.ts';
import { createPages, type PagesDeps } from '../../../../src/server/pages/pages.ts';
import type { UploadProgress } from '../../../../src/server/pages/progress.ts';
import { texts } from '../../../../src/server/pages/texts.ts';

const ORIGIN = 'https://share.example.org';
const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;

const file = (fields: Partial<GettFile> = {}): GettFile => ({
  fileid: '0',
  filename: 'lake.png',
  sharename: 'AbCd123',
  readystate: 'uploaded',
  getturl: `${ORIGIN}/AbCd123/v/${fields.fileid ?? '0'}`,
  created: 1_750_000_000,
  downloads: 0,
  size: 1_400_000,
  ...fields,
});

const share = (fields: Partial<GettShare> = {}): GettShare => ({
  sharename: 'AbCd123',
  title: 'Summer 2025',
  created: 1_750_000_000,
  getturl: `${ORIGIN}/AbCd123`,
  readystate: 'ready',
  userid: 'u1',
  fullname: 'Anna',
  live: false,
  files: [],
  ...fields,
});

/** The pages of a server with one share in it. */
function pagesOf(stored: GettShare, deps: Partial<PagesDeps> = {}) {
  const pages = createPages({
    share: async (sharename) => (sharename === stored.sharename ? stored : undefined),
    file: async (sharename, fileid) =>
      sharename === stored.sharename
        ? stored.files.find((file) => file.fileid === fileid)
        : undefined,
    readText: async () => undefined,
    progress: async function* () {},
    shareChanges: async function* () {},
    anonymous: undefined,
    accountsPage: undefined,
    now: Date.now,
    pageOrigin: ORIGIN,
    blobOrigin: 'https://bytes.example.org',
    apiPath: '/1',
    ...deps,
  });
  return async (path: string, init?: RequestInit) => {
    const response = await pages.request(path, init);
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
}

const withFile = (fields: Partial<GettFile> = {}, deps?: Partial<PagesDeps>) =>
  pagesOf(share({ files: [file(fields)] }), deps);

describe('what people wrote', () => {
  it('is never markup, in a title, a name or a file name', async () => {
    const get = pagesOf(
      share({ title: HOSTILE, fullname: HOSTILE, files: [file({ filename: `${HOSTILE}.txt` })] }),
      { readText: async () => ({ text: HOSTILE, truncated: false }) },
    );
    for (const path of ['/AbCd123', '/AbCd123/v/0']) {
      const { html } = await get(path);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toContain('<img src=x');
      expect(html).toContain('&lt;script&gt;alert(1)');
    }
  });

  it('cannot lead a link elsewhere', async () => {
    const get = pagesOf(share({ files: [file({ fileid: '../../evil?"' })] }));
    const { html } = await get('/AbCd123');
    expect(html).toContain('href="/AbCd123/v/..%2F..%2Fevil%3F%22"');
  });

  it('cannot turn its ending around', async () => {
    const { html } = await withFile({ filename: 'photo\u202egpj.exe' })('/AbCd123/v/0');
    expect(html).not.toContain('\u202e');
    expect(html).toContain('photogpj.exe');
  });

  it('is shown as text to the last character of a page of HTML', async () => {
    const text = '\n<!doctype html><script>alert(1)</script></pre>';
    const get = withFile(
      { filename: 'page.html' },
      { readText: async () => ({ text, truncated: false }) },
    );
    const { html } = await get('/AbCd123/v/0');
    expect(html).toContain(
      '\n\n&lt;!doctype html&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/pre&gt;</pre>',
    );
  });
});

describe('every page', () => {
  it.each(['/', '/AbCd123', '/AbCd123/v/0', '/nobody', '/no/such/place'])(
    '%s runs nothing but the script of the server',
    async (path) => {
      const { headers, html } = await withFile()(path);
      const policy = Object.fromEntries(
        (headers.get('Content-Security-Policy') ?? '')
          .split('; ')
          .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
      );
      expect(policy).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'connect-src': path === '/' ? `'self' ${ORIGIN} https://bytes.example.org` : "'self'",
        'img-src': `'self' ${ORIGIN} https://bytes.example.org`,
        'frame-ancestors': "'none'",
        'base-uri': "'none'",
        'form-action': "'none'",
      });
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(html).toMatch(/^<!doctype html>\s*<html lang="en">/);
      expect(html).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style| style=| on\w+=/);
    },
  );

  it('answers HEAD with the same status and no body', async () => {
    const get = withFile();
    expect(await get('/AbCd123', { method: 'HEAD' })).toMatchObject({ status: 200, html: '' });
    expect(await get('/nobody', { method: 'HEAD' })).toMatchObject({ status: 404, html: '' });
  });
});

describe('the start page', () => {
  it('says what this server is, and keeps what needs a script hidden until there is one', async () => {
    const { html } = await withFile()('/');
    expect(html).toContain(texts.landingTitle);
    expect(html).toContain(texts.dropNeedsScript);
    expect(html).toMatch(/<form id="sign-in"[^>]* hidden>/);
    expect(html).toMatch(/<gett-drop class="closed"[^>]* account="required"/);
    expect(html).toMatch(/data-part="account" hidden/);
    expect(html).toContain('data-api="/1"');
  });

  it('lets a password manager fill in the sign-in', async () => {
    const { html } = await withFile()('/');
    expect(html).toMatch(/<input id="email"[^>]* autocomplete="username"/);
    expect(html).toMatch(/<input id="password"[^>]* autocomplete="current-password"/);
  });
});

describe('a share', () => {
  it('tells chats its title, facts and first picture', async () => {
    const files = [file({ fileid: '1', filename: 'notes.txt', size: 100 }), file()];
    const { html } = await pagesOf(share({ files }))('/AbCd123');
    for (const tag of [
      '<meta property="og:title" content="Summer 2025">',
      '<meta property="og:type" content="website">',
      '<meta property="og:site_name" content="Ge.tt Share">',
      `<meta property="og:url" content="${ORIGIN}/AbCd123">`,
      `<meta property="og:image" content="${ORIGIN}/1/files/AbCd123/0/blob/x675">`,
      '<meta name="twitter:card" content="summary_large_image">',
      '<meta name="description" content="2 files · 1.4 MB · Shared by Anna">',
    ]) {
      expect(html).toContain(tag);
    }
  });

  it('offers one archive only when there is more than one file to put in', async () => {
    const one = share({ files: [file(), file({ fileid: '1', readystate: 'uploading' })] });
    expect((await pagesOf(one)('/AbCd123')).html).not.toContain('/zip');
    const two = share({ files: [file(), file({ fileid: '1' })] });
    expect((await pagesOf(two)('/AbCd123')).html).toContain('href="/1/shares/AbCd123/zip"');
  });

  it('is asked for anew while something is on its way', async () => {
    const cache = async (files: GettFile[]) =>
      (await pagesOf(share({ files }))('/AbCd123')).headers.get('Cache-Control');
    expect(await cache([])).toBe('no-store');
    expect(await cache([file({ readystate: 'uploading' })])).toBe('no-store');
    expect(await cache([file()])).toMatch(/max-age=\d+/);
  });

  it('that was removed shows nothing of what it was', async () => {
    const get = pagesOf(share({ readystate: 'removed', files: [file()] }));
    for (const path of ['/AbCd123', '/AbCd123/v/0']) {
      const { status, html } = await get(path);
      expect(status).toBe(410);
      expect(html).toContain('This share was removed');
      expect(html).not.toContain('Summer 2025');
    }
  });
});

describe('a file', () => {
  it.each([
    ['lake.png', '<img src="/1/files/AbCd123/0/blob/x675"'],
    ['lake.JPG', '<img src="/1/files/AbCd123/0/blob/x675"'],
    ['dance.gif', '<img src="/1/files/AbCd123/0/blob?noinc=1"'],
    ['lake.webp', '<img src="/1/files/AbCd123/0/blob?noinc=1"'],
    ['film.mp4', '<video src="/1/files/AbCd123/0/blob?noinc=1" controls'],
    ['song.mp3', '<audio src="/1/files/AbCd123/0/blob?noinc=1" controls'],
    ['paper.pdf', '<iframe src="/1/files/AbCd123/0/blob?noinc=1"'],
    ['backup.bin', texts.noPreview],
  ])('%s is shown by %s', async (filename, markup) => {
    const { html } = await withFile({ filename })('/AbCd123/v/0');
    expect(html).toContain(markup);
    expect(html).toContain('href="/1/files/AbCd123/0/blob?download"');
  });

  it('that only has the name of a text has no preview', async () => {
    const get = withFile(
      { filename: 'notes.txt' },
      { readText: async () => ({ text: 'PK\0\0', truncated: false }) },
    );
    expect((await get('/AbCd123/v/0')).html).toContain(texts.noPreview);
  });

  it('cut in the middle of a letter ends before it', async () => {
    const get = withFile(
      { filename: 'notes.txt' },
      { readText: async () => ({ text: 'Gr\u00fc\ufffd', truncated: true }) },
    );
    const { html } = await get('/AbCd123/v/0');
    expect(html).toContain('Gr\u00fc</pre>');
    expect(html).toContain('The first 66 kB are shown.');
  });

  it.each([
    ['remote', 200, 'Waiting for the sender'],
    ['uploading', 200, 'On its way'],
    ['storagelimit', 200, 'This file did not fit'],
    ['violatedterms', 410, 'This file is not available'],
    ['removed', 410, 'This file was removed'],
  ])('in state %s says so and is not kept by caches', async (readystate, status, sentence) => {
    const answer = await withFile({ readystate })('/AbCd123/v/0');
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(sentence);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  it('can be downloaded while it arrives, and not before', async () => {
    const link = 'blob?download"';
    const page = async (readystate: string) =>
      (await withFile({ readystate })('/AbCd123/v/0')).html;
    expect(await page('uploading')).toContain(link);
    expect(await page('remote')).not.toContain(link);
  });

  it('of an unknown name gets the page for nothing', async () => {
    const { status, html } = await withFile()('/AbCd123/v/7');
    expect(status).toBe(404);
    expect(html).toContain('There is nothing at this address');
  });
});

describe('how accounts come about', () => {
  it('is said where nothing better is there', async () => {
    const { status, html } = await pagesOf(share())('/account');
    expect(status).toBe(200);
    expect(html).toContain('Ask them for yours.');
    expect(html).toContain('gett-server user passwd');
  });

  it('is said on the page that whoever runs the server has named', async () => {
    const accountsPage = 'https://example.org/join';
    const { status, headers } = await pagesOf(share(), { accountsPage })('/account');
    expect(status).toBe(302);
    expect(headers.get('Location')).toBe(accountsPage);
  });
});

describe('the progress of an upload', () => {
  const steps: UploadProgress[] = [
    { state: 'uploading', received: 10, size: 20 },
    { state: 'uploaded', received: 20, size: 20 },
  ];

  it('is a stream of events', async () => {
    const get = withFile(
      { readystate: 'uploading' },
      {
        progress: async function* () {
          yield* steps;
        },
      },
    );
    const { headers, html } = await get('/AbCd123/v/0/progress');
    expect(headers.get('Content-Type')).toMatch(/^text\/event-stream/);
    const events = html.split('\n\n').filter((event) => event.startsWith('data: '));
    expect(events.map((event) => JSON.parse(event.slice('data: '.length)))).toEqual(steps);
  });

  it('is no longer followed when nobody looks', async () => {
    let left: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      left = resolve;
    });
    const pages = createPages({
      share: async () => share(),
      file: async () => file({ readystate: 'uploading' }),
      readText: async () => undefined,
      async *progress(_share, _file, signal) {
        signal.addEventListener('abort', left);
        for (const step of steps) yield step;
        await seen;
      },
      shareChanges: async function* () {},
      anonymous: undefined,
      accountsPage: undefined,
      now: Date.now,
      pageOrigin: ORIGIN,
      blobOrigin: ORIGIN,
      apiPath: '/1',
    });
    const { body } = await pages.request('/AbCd123/v/0/progress');
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await seen;
  });
});
