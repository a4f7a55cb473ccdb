import { html } from 'hono/html';
import { type Html, layout } from './layout.ts';
import { codeLine, notice } from './parts.ts';
import { texts } from './texts.ts';

const ADD = 'gett-server user add you@example.org --name "Your Name"';
const PASSWORD = 'gett-server user passwd you@example.org';

/** What somebody can do who has no account, or no longer knows its password. */
export function accountPage(): Html {
  const commands = html`<div class="operator">
  <h2>${texts.operatorTitle}</h2>
  <p>${texts.operatorBody}</p>
  <h3 id="create">${texts.newAccount}</h3>
  ${codeLine(ADD, texts.newAccount)}
  <h3 id="password">${texts.newPassword}</h3>
  ${codeLine(PASSWORD, texts.newPassword)}
  <p>${texts.newPasswordNote}</p>
</div>`;
  const body = notice({
    icon: 'person',
    title: texts.accountTitle,
    body: texts.accountBody,
    more: commands,
  });
  return layout({ title: texts.accountTitle, kind: 'message', body });
}
