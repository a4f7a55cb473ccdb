import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { formatBytes, formatDate } from '../../common/format.ts';
import { shownName } from '../../common/names.ts';
import type { GettFile, GettShare } from '../../protocol/shapes.ts';
import { isPictureName } from '../images/rendition.ts';
import { icon, iconOf } from './icons.ts';
import { type Html, layout } from './layout.ts';
import type { Links } from './links.ts';
import { copyButton, nameOf, notice } from './parts.ts';
import { previewOf } from './preview.ts';
import { texts } from './texts.ts';

/** Pictures that have no thumbnails are shown themselves up to this size, bytes. */
const SMALL_PICTURE = 1_000_000;

/** A share as visitors see it. */
export interface PageShare extends GettShare {
  /** Files were announced that visitors do not see, because nobody could send them now. */
  expecting?: boolean;
}

export interface SharePageContent {
  share: PageShare;
  links: Links;
  pageOrigin: string;
}

export function sharePage({ share, links, pageOrigin }: SharePageContent): Html {
  const files = shownFiles(share);
  const title = shareTitle(share);
  const picture = files.find(({ filename, readystate }) => hasRenditions(filename, readystate));
  const facts = shareFacts(share, files);
  return layout({
    title,
    kind: 'share',
    card: {
      title,
      description: facts.join(' · '),
      url: share.getturl,
      ...(picture && { picture: pageOrigin + links.scaled(picture) }),
    },
    ...((!isSettled(files) || share.expecting) && {
      live: { url: links.shareEvents(share.sharename), state: versionOf(share) },
    }),
    body: html`<div class="title-bar">
  <div class="title">
    <h1><bdi>${title}</bdi></h1>
    <p class="facts">${facts.map((fact, i) => html`${i > 0 && ' · '}<bdi>${fact}</bdi>`)}</p>
  </div>
  <div class="actions">
    ${uploaded(files).length > 1 && html`<a class="button main" href="${links.zip(share.sharename)}">${icon('download')}${texts.downloadAll}</a>`}
    ${copyButton(share.getturl)}
  </div>
</div>
${
  files.length > 0
    ? html`<ul class="files" aria-label="${texts.filesOf}">${files.map((file) => fileCard(file, links))}</ul>`
    : notice({ icon: 'clock', title: texts.emptyShare, body: texts.emptyShareBody, level: 2 })
}`,
  });
}

export function shownFiles({ files }: GettShare): GettFile[] {
  return files.filter(({ readystate }) => readystate !== 'removed');
}

/** Changes with everything that the page of a share shows, downloads aside. */
export function versionOf(share: GettShare): string {
  const files = shownFiles(share).map(({ fileid, filename, readystate, size, live }) => [
    fileid,
    filename,
    readystate,
    size,
    live,
  ]);
  const shown = JSON.stringify([share.readystate, share.title, files]);
  return createHash('sha256').update(shown).digest('base64url').slice(0, 16);
}

export function shareTitle({ title }: GettShare): string {
  return shownName(title ?? '').trim() || texts.untitled;
}

/** Whether nothing will change without a new upload. An empty share waits for its first file. */
export function isSettled(files: readonly GettFile[]): boolean {
  return (
    files.length > 0 &&
    files.every(({ readystate }) => readystate !== 'uploading' && readystate !== 'remote')
  );
}

function shareFacts(share: GettShare, files: readonly GettFile[]): string[] {
  const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  return [
    ...(files.length > 0 ? [texts.fileCount(files.length)] : []),
    ...(size > 0 ? [formatBytes(size)] : []),
    ...(share.fullname ? [texts.sharedBy(shownName(share.fullname))] : []),
    ...(share.expires === undefined ? [] : [texts.until(formatDate(share.expires))]),
  ];
}

function uploaded(files: readonly GettFile[]): GettFile[] {
  return files.filter(({ readystate }) => readystate === 'uploaded');
}

function fileCard(file: GettFile, links: Links): Html {
  const name = shownName(file.filename);
  return html`<li class="card">
  <a class="card-link" href="${links.file(file)}" aria-label="${name}">
    <div class="thumb">${icon(iconOf(previewOf(file)))}${thumbnail(file, links)}</div>
    <span class="card-name">${nameOf(file.filename)}</span>
  </a>
  <div class="card-facts">
    <span>${stateOf(file)}</span>
    ${isReadable(file) && html`<a class="icon-button" href="${links.download(file)}" aria-label="${texts.downloadFile(name)}">${icon('download')}</a>`}
  </div>
</li>`;
}

function thumbnail(file: GettFile, links: Links): Html | undefined {
  if (file.readystate !== 'uploaded') return undefined;
  if (hasRenditions(file.filename, file.readystate)) return picture(links.thumbnail(file));
  const small = previewOf(file) === 'original' && (file.size ?? 0) <= SMALL_PICTURE;
  return small ? picture(links.view(file)) : undefined;
}

const picture = (url: string): Html =>
  html`<img src="${url}" alt="" width="185" height="135" loading="lazy" decoding="async">`;

function hasRenditions(filename: string, readystate: string): boolean {
  return readystate === 'uploaded' && isPictureName(filename);
}

/** Whether the bytes are there, on their way, or sent as soon as somebody asks for them. */
export function isReadable({ readystate, live }: GettFile): boolean {
  if (readystate === 'remote') return live === true;
  return readystate === 'uploaded' || readystate === 'uploading';
}

function stateOf({ readystate, size, live }: GettFile): Html {
  if (readystate === 'remote' && live) return html`${texts.senderOnlineShort}`;
  if (readystate === 'uploading') return html`<span class="pulse">${texts.uploadingShort}</span>`;
  return html`${STATES.get(readystate) ?? (size !== undefined && formatBytes(size))}`;
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['remote', texts.waitingShort],
  ['storagelimit', texts.storageLimitShort],
  ['violatedterms', texts.violatedTermsShort],
]);
