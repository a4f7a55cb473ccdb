import { html, raw } from 'hono/html';
import type { Html } from './layout.ts';
import { texts } from './texts.ts';

/**
 * Where people share from: the component that other sites use as well (src/sdk/drop). Everything
 * else in it is hidden until the script (see client/drop.ts) has seen it.
 */
export function dropPanel({ apiPath, anonymous }: { apiPath: string; anonymous: boolean }): Html {
  const account = anonymous ? '' : raw('account="required"');
  return html`<section id="drop" class="panel" aria-label="${texts.dropPanel}" data-api="${apiPath}">
  <p class="quiet needs-script">${texts.dropNeedsScript}</p>
  <p class="account" data-part="account" hidden><bdi data-part="email"></bdi><button type="button" class="plain" data-part="sign-out">${texts.signOut}</button></p>
  ${signIn()}
  <gett-drop class="closed" data-part="drop" multiple whole-page ${account}></gett-drop>
  <p class="invitation" data-part="invitation" hidden>${texts.haveAccount}<button type="button" class="plain" data-part="to-sign-in">${texts.signIn}</button></p>
</section>
<div id="alarm" class="hidden" role="alert"></div>`;
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
  <p class="help"><a href="/account">${texts.accountHelp}</a></p>
</form>`;
