import { beforeEach, expect, it, vi } from 'vitest';
import type { ViewState } from '../../../../src/extension/background/view-state.ts';
import { drawFrame } from '../../../../src/extension/views/frame/draw.ts';
import { readFrame, writeFrame } from '../../../../src/extension/views/frame/kept.ts';
import {
  forgetSnapshot,
  readSnapshot,
  showsSnapshot,
  writeSnapshot,
} from '../../../../src/extension/views/snapshot.ts';

const browser = { version: '1.0.0', language: 'en-GB' };
vi.mock('../../../../src/extension/platform/product.ts', () => ({
  edition: () => `${browser.version} ${browser.language}`,
}));

const NAME = '<img src=x onerror=alert(1)>';
const state = (email: string, more: Partial<ViewState> = {}): ViewState => ({
  account: { status: 'signed-in', service: 'gett', server: 'https://ge.tt' },
  accounts: [],
  server: email,
  reachable: true,
  online: true,
  jobs: [],
  shares: [],
  more: false,
  version: 7,
  loaded: true,
  mayCopy: false,
  removals: [],
  refused: [],
  ...more,
});
const keep = () =>
  writeFrame({
    root: { lang: 'en-GB', dir: 'ltr' },
    parts: [
      ['p', { class: 'row' }, NAME],
      ['svg', { viewBox: '0 0 20 20' }, ['path', { d: 'M0 0' }]],
      ['button', { type: 'button' }, 'Copy'],
    ],
  });

beforeEach(() => {
  forgetSnapshot();
  Object.assign(browser, { version: '1.0.0', language: 'en-GB' });
  document.body.innerHTML = '<div id="app"></div>';
});

it('draws names as texts, drawings as drawings, and the language', () => {
  keep();
  const root = document.body.children[0] as HTMLElement;
  expect(drawFrame(root)).toBeTypeOf('function');
  expect(root.querySelector('.row')?.textContent).toBe(NAME);
  expect(root.querySelectorAll('img')).toHaveLength(0);
  expect(root.querySelector('path')?.namespaceURI).toBe('http://www.w3.org/2000/svg');
  expect(document.documentElement.lang).toBe('en-GB');
});

it('is not drawn by another version or in another language', () => {
  keep();
  browser.version = '1.0.1';
  expect(readFrame()).toBeUndefined();
  Object.assign(browser, { version: '1.0.0', language: 'da' });
  expect(readFrame()).toBeUndefined();
  expect(drawFrame(document.createElement('div'))).toBeUndefined();
});

it('holds the last click on a button until the page has taken over', () => {
  keep();
  const root = document.body.children[0] as HTMLElement;
  const takenOver = drawFrame(root);
  const button = root.querySelector('button');
  button?.click();
  const copied = vi.fn();
  button?.addEventListener('click', copied);
  takenOver?.();
  expect(copied).toHaveBeenCalledOnce();
});

it('goes with what is known of the account, and stays while that is the same', () => {
  writeSnapshot(state('anna'));
  keep();
  writeSnapshot(state('anna', { version: 8, copied: { url: 'https://ge.tt/1', at: 1 } }));
  expect(readFrame()).toBeDefined();
  const { server, ...rest } = state('anna');
  writeSnapshot({ ...rest, server });
  expect(readFrame()).toBeDefined();
  writeSnapshot(state('ben'));
  expect(readFrame()).toBeUndefined();
  keep();
  forgetSnapshot();
  expect(readFrame()).toBeUndefined();
});

it('a page of a private window, or of what has been replaced, has nothing to keep', () => {
  expect(showsSnapshot()).toBe(false);
  writeSnapshot(state('anna'));
  expect(showsSnapshot()).toBe(true);
  forgetSnapshot();
  expect(showsSnapshot()).toBe(false);
  writeSnapshot(state('anna'));
  writeSnapshot(state('anna', { private: true }));
  expect(showsSnapshot()).toBe(false);
  expect(readSnapshot()?.private).toBeUndefined();
});

it.each([
  { parts: 7 },
  { root: null, parts: [] },
  { root: {}, parts: [['no name']] },
  { parts: [[]] },
])('what is no frame, %j, is dropped and draws nothing', (damaged) => {
  keep();
  const stored = JSON.parse(localStorage.getItem('frame') ?? '');
  localStorage.setItem('frame', JSON.stringify({ ...stored, ...damaged }));
  const root = document.body.children[0] as HTMLElement;
  expect(drawFrame(root)).toBeUndefined();
  expect(root.childNodes).toHaveLength(0);
  expect(localStorage.getItem('frame')).toBeNull();
});
