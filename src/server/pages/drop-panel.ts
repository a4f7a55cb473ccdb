import { html } from 'hono/html';
import { icon } from './icons.ts';
import type { Html } from './layout.ts';
import { copyButton } from './parts.ts';
import { texts } from './texts.ts';

/**
 * Where people with an account share from. Everything in it is hidden until the script (see
 * client/drop.ts) has seen it, because nothing of it works without.
 */
export function dropPanel(apiPath: string): Html {
  return html`<section id="drop" class="panel" aria-label="${texts.dropPanel}" data-api="${apiPath}">
  <p class="quiet needs-script">${texts.dropNeedsScript}</p>
  ${signIn()}
  ${desk()}
</section>
<div id="drag" class="drag" hidden aria-hidden="true"><p></p></div>
<div id="alarm" class="hidden" role="alert"></div>
<template id="share-row">${shareRow()}</template>
<template id="file-row"><li><bdi class="file-name" data-part="name"></bdi><span class="file-state" data-part="file-state"></span></li></template>`;
}

const signIn = (): Html => html`<form id="sign-in" class="sign-in" hidden>
  <h2>${texts.signInTitle}</h2>
  <p class="quiet" data-part="why">${texts.signInBody}</p>
  <label for="email">${texts.email}</label>
  <input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" required>
  <label for="password">${texts.password}</label>
  <input id="password" name="password" type="password" autocomplete="current-password" aria-describedby="sign-in-problem" required>
  <label class="check"><input name="keep" type="checkbox">${texts.keepSignedIn}</label>
  <p id="sign-in-problem" class="problem" data-part="problem"></p>
  <button class="button main">${texts.signIn}</button>
</form>`;

const desk = (): Html => html`<div id="desk" hidden>
  <p class="account"><bdi data-part="email"></bdi><button type="button" class="plain" data-part="sign-out">${texts.signOut}</button></p>
  <div class="target">
    <div class="medal">${icon('send')}</div>
    <h2>${texts.dropHere}</h2>
    <div class="actions">
      <button type="button" class="button main" data-part="choose-files">${texts.chooseFiles}</button>
      <button type="button" class="button" data-part="choose-folder">${texts.chooseFolder}</button>
    </div>
    <input type="file" data-part="files" multiple hidden>
    <input type="file" data-part="folder" webkitdirectory hidden>
  </div>
  <p class="total" data-part="total" hidden></p>
  <ul id="shares" class="shares" aria-label="${texts.sharesOfVisit}"></ul>
</div>`;

const shareRow = (): Html => html`<li class="share" tabindex="-1">
  <div class="share-head">
    <h3><bdi data-part="title"></bdi></h3>
    <button type="button" class="plain" data-part="cancel">${texts.cancel}</button>
  </div>
  <div class="share-link" data-part="link-line" hidden>
    <a data-part="link" target="_blank" rel="noopener"></a>
    ${copyButton('')}
  </div>
  <progress class="bar" data-part="bar"></progress>
  <p class="share-state" data-part="state"></p>
  <div class="actions" data-part="remedies" hidden>
    <button type="button" class="button" data-part="retry">${texts.tryAgain}</button>
    <button type="button" class="button" data-part="undo">${texts.undo}</button>
  </div>
  <div class="share-more" data-part="more" hidden>
    <details class="qr" open><summary>${texts.qrCode}</summary><div data-part="qr"></div></details>
    <details class="file-list"><summary data-part="count"></summary><ul data-part="files"></ul></details>
  </div>
</li>`;
