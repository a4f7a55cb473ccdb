import { html } from 'hono/html';
import { assetUrl } from './assets.ts';
import { mark } from './icons.ts';
import { texts } from './texts.ts';

/** Markup that is escaped already. */
export type Html = ReturnType<typeof html>;

/** What a chat or a search shows of a link (https://ogp.me). Addresses are absolute. */
export interface LinkCard {
  title: string;
  description: string;
  url: string;
  picture?: string;
}

/** How a page keeps up with what it shows, see client/page.ts. */
export interface Live {
  /** Where the server tells what happens. */
  url: string;
  /** What the page shows; anything else that is told means another page. */
  state: string;
}

export interface PageContent {
  title: string;
  /** Class of `main`, one for each kind of page. */
  kind: 'landing' | 'share' | 'file' | 'message';
  body: Html;
  card?: LinkCard;
  live?: Live;
}

export function layout({ title, kind, body, card, live }: PageContent): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${texts.product}</title>
${card && cardTags(card)}
<link rel="icon" type="image/svg+xml" href="${assetUrl('mark.svg')}">
<link rel="stylesheet" href="${assetUrl('frame.css')}">
<link rel="stylesheet" href="${assetUrl('parts.css')}">
${stylesOf(kind).map((name) => html`<link rel="stylesheet" href="${assetUrl(name)}">`)}
${scriptsOf(kind).map((name) => html`<script type="module" src="${assetUrl(name)}"></script>`)}
${live && html`<noscript><meta http-equiv="refresh" content="5"></noscript>`}
</head>
<body>
<header><a class="skip" href="#main">${texts.skip}</a><a class="brand" href="/">${mark()}${texts.brand}</a></header>
<main id="main" class="${kind}" tabindex="-1" ${live && liveAttributes(live)}>
${body}
</main>
<footer><p>${texts.footer}</p></footer>
<div id="announcer" class="hidden" role="status"></div>
</body>
</html>`;
}

/** An open page may turn from one kind into another: an empty share gets its first file. */
function stylesOf(kind: PageContent['kind']): string[] {
  return kind === 'landing'
    ? ['landing.css', 'sign-in.css', 'drop.css']
    : ['share.css', 'file.css'];
}

function scriptsOf(kind: PageContent['kind']): string[] {
  return kind === 'landing' ? ['page.js', 'drop.js'] : ['page.js'];
}

function cardTags({ title, description, url, picture }: LinkCard): Html {
  const tags = [
    ['og:type', 'website'],
    ['og:site_name', texts.product],
    ['og:title', title],
    ['og:description', description],
    ['og:url', url],
    ...(picture === undefined ? [] : [['og:image', picture]]),
  ];
  return html`${tags.map(
    ([name, value]) => html`<meta property="${name}" content="${value}">
`,
  )}<meta name="twitter:card" content="${picture === undefined ? 'summary' : 'summary_large_image'}">
<meta name="description" content="${description}">
<link rel="canonical" href="${url}">`;
}

function liveAttributes(live: Live): Html {
  return html`data-events="${live.url}" data-state="${live.state}"`;
}
