import { html } from 'hono/html';
import { formatBytes, formatDate } from '../../common/format.ts';
import { shownName } from '../../common/names.ts';
import type { GettFile, GettShare } from '../../protocol/shapes.ts';
import { isPictureName } from '../images/rendition.ts';
import { icon, iconOf } from './icons.ts';
import { type Html, layout } from './layout.ts';
import type { Links } from './links.ts';
import { copyButton, notice } from './parts.ts';
import { previewOf } from './preview.ts';
import { isReadable, type PageShare, shareTitle, versionOf } from './share-page.ts';
import { texts } from './texts.ts';

/** Bytes of a text file that its page shows. */
export const TEXT_LIMIT = 64 * 1024;

export interface TextPreview {
  text: string;
  truncated: boolean;
}

export interface FilePageContent {
  share: PageShare;
  file: GettFile;
  links: Links;
  pageOrigin: string;
  /** The beginning of a text file. */
  text?: TextPreview;
  /** This is the page of a share that has only this file. */
  isShare?: boolean;
}

/** The page of a file that is there, on its way, or announced. */
export function filePage(content: FilePageContent): Html {
  const { share, file, links, pageOrigin, isShare = false } = content;
  const changing = file.readystate === 'remote' || file.readystate === 'uploading';
  const hasPicture = file.readystate === 'uploaded' && isPictureName(file.filename);
  const hasTitle = isShare && share.title !== undefined;
  const title = hasTitle ? shareTitle(share) : shownName(file.filename);
  const fileLink = html`<a href="${links.file(file)}"><bdi>${shownName(file.filename)}</bdi></a>`;
  const url = isShare ? share.getturl : file.getturl;
  return layout({
    title,
    kind: 'file',
    card: {
      title,
      description: fileFacts(share, file).join(' · '),
      url,
      ...(hasPicture && { picture: pageOrigin + links.scaled(file) }),
    },
    ...(changing
      ? { live: { url: links.progress(file), state: liveState(file) } }
      : isShare &&
        share.expecting && {
          live: { url: links.shareEvents(share.sharename), state: versionOf(share) },
        }),
    body: html`<div class="stage ${previewOf(file)}">${stage(content)}</div>
<div class="details">
  <h1>${isShare && !hasTitle ? fileLink : html`<bdi>${title}</bdi>`}</h1>
  <ul class="facts">
    ${hasTitle && html`<li>${fileLink}</li>`}
    ${fileFacts(share, file).map((fact) => html`<li><bdi>${fact}</bdi></li>`)}
  </ul>
  <div class="actions">
    ${downloadButton(file, links)}
    ${copyButton(url)}
  </div>
  ${!isShare && html`<p class="part-of">${texts.partOf} <a href="${links.share(share.sharename)}"><bdi>${shareTitle(share)}</bdi></a></p>`}
</div>`,
  });
}

/** As client/_live.ts makes it of what it is told. */
const liveState = ({ readystate, live }: GettFile): string =>
  readystate === 'remote' && live ? 'remote live' : readystate;

function fileFacts(share: GettShare, { size, created }: GettFile): string[] {
  return [
    ...(size === undefined ? [] : [formatBytes(size)]),
    ...(share.fullname ? [texts.sharedBy(shownName(share.fullname))] : []),
    formatDate(created),
    ...(share.expires === undefined ? [] : [texts.until(formatDate(share.expires))]),
  ];
}

function downloadButton(file: GettFile, links: Links): Html | undefined {
  if (!isReadable(file)) return undefined;
  const label = file.readystate === 'uploaded' ? texts.download : texts.downloadNow;
  return html`<a class="button main" href="${links.download(file)}">${icon('download')}${label}</a>`;
}

function stage(content: FilePageContent): Html {
  const { readystate, live } = content.file;
  if (readystate === 'uploaded') return preview(content);
  if (readystate === 'uploading') return uploading(content);
  if (readystate === 'remote' && live) {
    const { senderOnline: title, senderOnlineBody: body } = texts;
    return notice({ icon: 'send', title, body, level: 2 });
  }
  return readystate === 'storagelimit'
    ? notice({
        icon: 'warning',
        title: texts.storageLimit,
        body: texts.storageLimitBody,
        level: 2,
        tone: 'problem',
      })
    : notice({ icon: 'clock', title: texts.waiting, body: texts.waitingBody, level: 2 });
}

function uploading({ file, links }: FilePageContent): Html {
  const more = html`<progress class="bar" aria-label="${shownName(file.filename)}"></progress>
  <p class="received" hidden></p>`;
  const { uploading: title, uploadingBody: body } = texts;
  const said = notice({ icon: 'arriving', title, body, more, level: 2 });
  const early = earlyPreview(file, links);
  return early ? html`<div class="early"><template>${early}</template></div>${said}` : said;
}

/** What there is of it so far, drawn while it arrives; a script takes it out of its template. */
function earlyPreview(file: GettFile, links: Links): Html | undefined {
  const label = texts.soFar(shownName(file.filename));
  const bytes = links.view(file);
  switch (previewOf(file)) {
    case 'scaled':
    case 'original':
      return html`<img src="${bytes}" alt="${label}" data-early>`;
    case 'video':
      return html`<video src="${bytes}" controls playsinline preload="metadata" aria-label="${label}" data-early></video>`;
    case 'audio':
      return html`<audio src="${bytes}" controls preload="metadata" aria-label="${label}" data-early></audio>`;
    case 'pdf':
    case 'text':
    case 'none':
    default:
      return undefined;
  }
}

function preview({ file, links, text }: FilePageContent): Html {
  const label = texts.previewOf(shownName(file.filename));
  const bytes = links.view(file);
  if (file.size === 0) return noPreview(file);
  switch (previewOf(file)) {
    case 'scaled':
      return html`<a href="${bytes}"><img src="${links.scaled(file)}" data-fallback="${bytes}" alt="${label}"></a>`;
    case 'original':
      return html`<img src="${bytes}" alt="${label}">`;
    case 'video':
      return html`<video src="${bytes}" controls playsinline preload="metadata" aria-label="${label}"></video>`;
    case 'audio':
      return html`<div class="medal">${icon('audio')}</div><audio src="${bytes}" controls preload="metadata" aria-label="${label}"></audio>`;
    case 'pdf':
      return html`<iframe src="${bytes}" title="${label}"></iframe>`;
    case 'text':
      return text && !text.text.includes('\0') ? textPreview(text, label) : noPreview(file);
    case 'none':
    default:
      return noPreview(file);
  }
}

/** Foreign text is only ever text here, whatever it would be elsewhere. */
function textPreview({ text, truncated }: TextPreview, label: string): Html {
  // The cut may go through a character, which decoding shows as this one.
  const shown = truncated ? text.replace(/\ufffd$/, '') : text;
  // A line feed right after <pre> is dropped by parsers, so one is given up for it.
  return html`<pre tabindex="0" role="region" aria-label="${label}" dir="auto">
${shown}</pre>${truncated && html`<p class="cut">${texts.textCut(TEXT_LIMIT)}</p>`}`;
}

function noPreview(file: GettFile): Html {
  const reason = file.size === 0 ? texts.emptyFile : texts.noPreview;
  return html`<div class="medal">${icon(iconOf(previewOf(file)))}</div><p class="quiet">${reason}</p>`;
}
