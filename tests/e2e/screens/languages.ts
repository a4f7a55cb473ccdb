import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { at } from '../../../scripts/lib/project.mjs';
import type { Screen } from './stage.ts';

/** What the extension speaks besides English, in which the screens are set up. */
export const LANGUAGES = ['de', 'fr', 'es', 'da', 'ja', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

/** Every text with its numbered gaps: `Deleted $1`. */
function catalogueOf(language: Language): Record<string, string> {
  const file = at('public/_locales', language, 'messages.json');
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Message>;
  return Object.fromEntries(
    Object.entries(messages).map(([key, { message, placeholders = {} }]) => [
      key,
      message.replace(
        /\$(\w+)\$/g,
        (whole, name: string) => placeholders[name.toLowerCase()]?.content ?? whole,
      ),
    ]),
  );
}

/**
 * Draws a page anew in another language, in the state in which it is. What a person has done on it
 * would be lost by loading it again, so it is told what it knows already.
 */
export async function speak(page: Page, screen: Screen, language: Language): Promise<void> {
  const catalogue = catalogueOf(language);
  const shared = screen.page === 'popup.html' || screen.page === 'share.html';
  if (!screen.after && !shared) {
    await page.addInitScript(translate, catalogue);
    await page.reload();
    await page.locator('#app > *').first().waitFor();
  } else {
    await page.evaluate(translate, catalogue);
    await page.evaluate(redraw);
  }
  await page.locator('#app > *').first().waitFor();
  await page.evaluate(
    async ({ textDirection, state }) => {
      document.documentElement.dir = textDirection;
      // News of the background, after which every view draws itself.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      new BroadcastChannel('gett-view').postMessage(state);
      await new Promise((resolve) => setTimeout(resolve));
      for (let frame = 0; frame < 3; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    { textDirection: catalogue['textDirection'] ?? '', state: screen.answers['view.open'] },
  );
}

interface Drawn {
  __c?: { forceUpdate?: () => void } | null;
  __k?: (Drawn | null)[] | null;
}

/**
 * Runs in the page. News of the background draw anew only what they concern, so a form would stay
 * English; the names are those by which Preact's builds call a component and its children.
 */
function redraw(): void {
  const draw = ({ __c: component, __k: children }: Drawn): void => {
    component?.forceUpdate?.();
    for (const child of children ?? []) if (child) draw(child);
  };
  const root: (Element & { __k?: Drawn }) | null = document.querySelector('#app');
  // The root itself has let go of what it was given to draw.
  for (const child of root?.__k?.__k ?? []) if (child) draw(child);
}

/** Runs in the page. */
function translate(catalogue: Record<string, string>): void {
  interface I18n {
    getMessage: (key: string, values?: string[]) => string;
  }
  const { chrome, browser } = globalThis as unknown as Record<string, { i18n?: I18n }>;
  for (const i18n of [chrome?.i18n, browser?.i18n]) {
    if (!i18n) continue;
    i18n.getMessage = (key, values = []) =>
      (catalogue[key] ?? '').replace(/\$(\d)/g, (_, n) => values[Number(n) - 1] ?? '');
  }
}
