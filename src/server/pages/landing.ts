import { html } from 'hono/html';
import { dropScript } from './assets.ts';
import { dropPanel } from './drop-panel.ts';
import { type Html, layout } from './layout.ts';
import { codeLine, copyButton } from './parts.ts';
import { texts } from './texts.ts';

/** What a visitor without a link sees: a place to share from, and what this server is. */
export function landingPage(addresses: {
  server: string;
  api: string;
  apiPath: string;
  anonymous: boolean;
}): Html {
  return layout({
    title: texts.landingTitle,
    kind: 'landing',
    body: html`<div class="hero">
  <div class="intro">
    <h1>${texts.landingTitle}</h1>
    <p class="lead">${texts.landingLead}</p>
    ${picture()}
  </div>
  ${dropPanel(addresses)}
</div>
<ul class="ways">
  <li><h2>${texts.receiveTitle}</h2><p>${texts.receiveBody}</p></li>
  <li><h2>${texts.shareTitle}</h2><p>${texts.shareBody}</p>${codeLine(addresses.server, texts.serverAddress)}</li>
  <li><h2>${texts.buildTitle}</h2><p>${texts.buildBody}</p>${codeLine(addresses.api, texts.apiAddress)}</li>
  ${embedding(addresses.server)}
</ul>`,
  });
}

function embedding(server: string): Html | undefined {
  const script = dropScript();
  if (!script) return undefined;
  const code = `<script type="module" src="${server}${script.path}" integrity="${script.integrity}" crossorigin></script>
<gett-drop multiple></gett-drop>`;
  return html`<li><h2>${texts.embedTitle}</h2><p>${texts.embedBody}</p><div class="address code"><code>${code.split('\n').map((line) => html`<span>${line}</span>`)}</code>${copyButton(code, texts.copy, texts.copyAddress(texts.embedCode))}</div></li>`;
}

/** A picture that has become a link. */
const picture = (): Html => html`<svg class="art" viewBox="0 0 400 290" aria-hidden="true">
  <clipPath id="frame"><rect x="20" y="16" width="270" height="196" rx="26"/></clipPath>
  <g clip-path="url(#frame)">
    <path class="sky" d="M20 16h270v196H20z"/>
    <circle class="sun" cx="216" cy="84" r="28"/>
    <path class="far" d="M20 168l62-62 54 50 48-40 106 84v40H20z"/>
    <path class="near" d="M20 196c50-36 96-34 138-10s88 20 132-8v60H20z"/>
  </g>
  <rect class="link" x="128" y="176" width="252" height="76" rx="38"/>
  <circle class="knob" cx="166" cy="214" r="22"/>
  <path class="chain" d="M163.5 216.5l5-5M161 213.5l-2.5 2.5a4 4 0 0 0 5.5 5.5l2.5-2.5M171 214.5l2.5-2.5a4 4 0 0 0-5.5-5.5l-2.5 2.5"/>
  <path class="address-line" d="M206 206h128M206 224h76"/>
</svg>`;
