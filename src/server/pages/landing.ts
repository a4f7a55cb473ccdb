import { html } from 'hono/html';
import { mark } from './icons.ts';
import { type Html, layout } from './layout.ts';
import { copyButton } from './parts.ts';
import { texts } from './texts.ts';

/** What a visitor without a link sees: what this server is, and how to share with it. */
export function landingPage(addresses: { server: string; api: string }): Html {
  return layout({
    title: texts.landingTitle,
    kind: 'landing',
    body: html`<div class="hero">
  ${mark()}
  <h1>${texts.landingTitle}</h1>
  <p class="lead">${texts.landingLead}</p>
</div>
<ul class="ways">
  <li><h2>${texts.receiveTitle}</h2><p>${texts.receiveBody}</p></li>
  <li><h2>${texts.shareTitle}</h2><p>${texts.shareBody}</p>${address(texts.serverAddress, addresses.server)}</li>
  <li><h2>${texts.buildTitle}</h2><p>${texts.buildBody}</p>${address(texts.apiAddress, addresses.api)}</li>
</ul>`,
  });
}

function address(what: string, url: string): Html {
  return html`<div class="address"><code>${url}</code>${copyButton(url, texts.copy, texts.copyAddress(what))}</div>`;
}
