import { html } from 'hono/html';
import type { IconName } from './icons.ts';
import { type Html, layout } from './layout.ts';
import { notice } from './parts.ts';
import { texts } from './texts.ts';

const MESSAGES = {
  notFound: { icon: 'compass', title: texts.notFound, body: texts.notFoundBody },
  removedFile: { icon: 'gone', title: texts.removedFile, body: texts.removedFileBody },
  removedShare: { icon: 'gone', title: texts.removedShare, body: texts.removedShareBody },
  expiredShare: { icon: 'clock', title: texts.expiredShare, body: texts.expiredShareBody },
  violatedTerms: { icon: 'warning', title: texts.violatedTerms, body: texts.violatedTermsBody },
} as const satisfies Record<string, { icon: IconName; title: string; body: string }>;

/** A page for what cannot be had (any more). */
export function messagePage(message: keyof typeof MESSAGES): Html {
  const { icon, title, body } = MESSAGES[message];
  const more = html`<p class="more"><a href="/">${texts.toStart}</a></p>`;
  return layout({ title, kind: 'message', body: notice({ icon, title, body, more }) });
}
