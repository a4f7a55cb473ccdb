import { html } from 'hono/html';
import { shownName, splitName } from '../../common/names.ts';
import { type IconName, icon } from './icons.ts';
import type { Html } from './layout.ts';
import { texts } from './texts.ts';

/** A file name or title: isolated from the direction of the text around, cut in the middle. */
export function nameOf(name: string): Html {
  const { head, tail } = splitName(name);
  return html`<bdi class="name" title="${shownName(name)}"><span class="name-head">${head}</span>${
    tail && html`<span class="name-tail">${tail}</span>`
  }</bdi>`;
}

/** Works with script only, so it is hidden until the script has seen it. */
export function copyButton(link: string, label: string = texts.copyLink, name = label): Html {
  return html`<button type="button" class="button" data-copy="${link}" aria-label="${name}" hidden>${icon('link')}<span>${label}</span></button>`;
}

/** Something to be typed elsewhere, with a button that copies it. */
export function codeLine(code: string, what: string): Html {
  return html`<div class="address"><code>${code}</code>${copyButton(code, texts.copy, texts.copyAddress(what))}</div>`;
}

/** The one thing that a page has to say, with an icon. */
export function notice(content: {
  icon: IconName;
  title: string;
  body: string;
  tone?: 'calm' | 'problem';
  /** Of the heading; 1 where the notice is the page. */
  level?: 1 | 2;
  more?: Html;
}): Html {
  const heading =
    content.level === 2 ? html`<h2>${content.title}</h2>` : html`<h1>${content.title}</h1>`;
  return html`<section class="notice ${content.tone ?? 'calm'}">
  <div class="medal">${icon(content.icon)}</div>
  ${heading}
  <p>${content.body}</p>
  ${content.more}
</section>`;
}
