import { type Context, Hono } from 'hono';
import type { GettFile, GettShare } from '../../protocol/shapes.ts';
import type { AnonymousLimits } from '../accounts/anonymous.ts';
import { accountPage } from './account-page.ts';
import { serveAssets } from './assets.ts';
import { filePage, TEXT_LIMIT, type TextPreview } from './file-page.ts';
import { landingPage } from './landing.ts';
import type { Html } from './layout.ts';
import { Links } from './links.ts';
import { messagePage } from './message-page.ts';
import { previewOf } from './preview.ts';
import { sendEvents, type UploadProgress } from './progress.ts';
import { securityHeaders } from './security.ts';
import { isSettled, type PageShare, sharePage, shownFiles, versionOf } from './share-page.ts';

/** What the pages ask of the server. */
export interface PagesDeps {
  share(sharename: string): Promise<PageShare | undefined>;
  file(sharename: string, fileid: string): Promise<GettFile | undefined>;
  /** The beginning of an uploaded file as UTF-8. @param limit bytes */
  readText(sharename: string, fileid: string, limit: number): Promise<TextPreview | undefined>;
  progress(sharename: string, fileid: string, signal: AbortSignal): AsyncIterable<UploadProgress>;
  /** A share now, and again whenever something about it may have changed. */
  shareChanges(sharename: string, signal: AbortSignal): AsyncIterable<GettShare>;
  /** What people without an account may do; `undefined` for nothing. */
  anonymous: AnonymousLimits | undefined;
  /** Where people get accounts and new passwords, if there is such a page. */
  accountsPage: string | undefined;
  /** Unix milliseconds. */
  now: () => number;
  /** Origin of the links, for example `https://share.example.org`. */
  pageOrigin: string;
  /** Origin of the bytes. */
  blobOrigin: string;
  /** Path of the API, `/1`. */
  apiPath: string;
}

/** A page of something complete may be a little old; everything else is always asked for anew. */
const SETTLED = 'public, max-age=10';
const CHANGING = 'no-store';

/** The pages that people see: of the server, of shares and of files. */
export function createPages(deps: PagesDeps): Hono {
  const { pageOrigin } = deps;
  const links = new Links(deps.apiPath);
  const headers = securityHeaders(deps);
  const uploadHeaders = securityHeaders(deps, { uploads: true });
  const app = new Hono();

  const page = (c: Context, content: Html, status: 200 | 404 | 410, cache: string) =>
    c.html(content, status, { ...headers, 'Cache-Control': cache });
  const missing = (c: Context) => page(c, messagePage('notFound'), 404, CHANGING);
  const removed = (
    c: Context,
    message: 'removedFile' | 'removedShare' | 'expiredShare' | 'violatedTerms',
  ) => page(c, messagePage(message), 410, CHANGING);
  const removedShare = (c: Context, { expires }: GettShare) =>
    removed(c, (expires ?? Infinity) * 1000 <= deps.now() ? 'expiredShare' : 'removedShare');

  const showFile = async (
    c: Context,
    share: PageShare,
    file: GettFile,
    { isShare }: { isShare: boolean },
  ) => {
    const complete = file.readystate === 'uploaded';
    const showsText = complete && file.size !== 0 && previewOf(file) === 'text';
    const text = showsText
      ? await deps.readText(file.sharename, file.fileid, TEXT_LIMIT)
      : undefined;
    const content = filePage({ share, file, links, pageOrigin, isShare, ...(text && { text }) });
    const settled = complete && !(isShare && share.expecting);
    return page(c, content, 200, settled ? SETTLED : CHANGING);
  };

  serveAssets(app);

  app.get('/', (c) => {
    const { apiPath } = deps;
    const content = landingPage({
      server: pageOrigin,
      api: pageOrigin + apiPath,
      apiPath,
      anonymous: deps.anonymous !== undefined,
    });
    return c.html(content, 200, { ...uploadHeaders, 'Cache-Control': SETTLED });
  });

  app.get('/account', (c) =>
    deps.accountsPage === undefined
      ? page(c, accountPage(), 200, SETTLED)
      : c.redirect(deps.accountsPage),
  );

  app.get('/:sharename', async (c) => {
    const share = await deps.share(c.req.param('sharename'));
    if (!share) return missing(c);
    if (share.readystate === 'removed') return removedShare(c, share);
    const files = shownFiles(share);
    const [file, ...others] = files;
    const alone = file && others.length === 0 && file.readystate !== 'violatedterms';
    if (alone) return showFile(c, share, file, { isShare: true });
    const cache = isSettled(files) && !share.expecting ? SETTLED : CHANGING;
    return page(c, sharePage({ share, links, pageOrigin }), 200, cache);
  });

  app.get('/:sharename/v/:fileid', async (c) => {
    const { sharename, fileid } = c.req.param();
    const share = await deps.share(sharename);
    if (share?.readystate === 'removed') return removedShare(c, share);
    const file = share && (await deps.file(sharename, fileid));
    if (!file) return missing(c);
    if (file.readystate === 'removed') return removed(c, 'removedFile');
    if (file.readystate === 'violatedterms') return removed(c, 'violatedTerms');
    return showFile(c, share, file, { isShare: false });
  });

  app.get('/:sharename/v/:fileid/progress', async (c) => {
    const { sharename, fileid } = c.req.param();
    if (!(await deps.file(sharename, fileid))) return missing(c);
    return sendEvents(c, (signal) => deps.progress(sharename, fileid, signal));
  });

  app.get('/:sharename/events', async (c) => {
    const { sharename } = c.req.param();
    if (!(await deps.share(sharename))) return missing(c);
    return sendEvents(c, async function* (signal) {
      let told: string | undefined;
      for await (const share of deps.shareChanges(sharename, signal)) {
        const state = versionOf(share);
        if (state !== told) yield { state, received: 0 };
        told = state;
      }
    });
  });

  app.get('*', missing);

  return app;
}
