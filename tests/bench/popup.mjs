/** How soon the popup shows something, with a long history behind it and with none. */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';
import { startExtension } from './support/extension.mjs';
import { median, percentile } from './support/figures.mjs';
import { startGett, USER } from './support/gett.mjs';
import { forEach } from './support/http.mjs';

const HISTORY = 10_000;
/** The newest shares are made by the extension, so that their pictures are on this computer. */
const PICTURES = 20;
const ROUNDS = 5;
const OPENINGS = 8;
const WARM_UP = 3;
/** What the end of one opening costs is no part of the next, in milliseconds. */
const PAUSE = 300;
const LIMIT = 100;

/** @typedef {Awaited<ReturnType<typeof startExtension>>} Extension */
/** @typedef {import('./support/extension.mjs').Opening} Opening */

/** @returns {Promise<import('./support/figures.mjs').Figure[]>} */
export async function popup() {
  await ensureBuilt('extension');
  const [gett, nobodys] = [await startGett(), await startGett()];
  const [full, empty] = await Promise.all([
    startExtension({ origin: gett.origin, ...USER }),
    startExtension({ origin: nobodys.origin, ...USER }),
  ]);
  try {
    await fill(gett);
    await sharePictures(full);
    await readAll(full);
    return await compare(full, empty);
  } finally {
    await Promise.all([full.stop(), empty.stop()]);
    await Promise.all([gett.stop(), nobodys.stop()]);
  }
}

/** Shares of years, with a file each. @param {Awaited<ReturnType<typeof startGett>>} gett */
async function fill(gett) {
  const indexes = Array.from({ length: HISTORY - PICTURES }, (_, index) => index);
  await forEach(indexes, 8, async () => {
    await gett.announce(await gett.newShare(), 1);
  });
}

/** @param {Extension} extension */
async function sharePictures(extension) {
  const tab = await extension.open('share.html');
  await tab.getByLabel('one share each').check();
  const files = ['lake-at-dusk.jpg', 'lighthouse.webp', 'paper-city.png', 'orbits.gif'];
  const chosen = Array.from({ length: PICTURES }, (_, index) =>
    at('scripts/demo/pictures', files[index % files.length] ?? ''),
  );
  const chooser = tab.waitForEvent('filechooser');
  await tab.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(chosen);
  await tab.getByRole('region', { name: 'In progress' }).waitFor();
  await tab.getByRole('region', { name: 'In progress' }).waitFor({ state: 'detached' });
  const first = path.basename(chosen.at(-1) ?? '');
  await tab.locator('.row.recent', { hasText: first }).first().waitFor();
  await tab.close();
}

/** A search for what does not exist reads every share into the cache. @param {Extension} extension */
async function readAll(extension) {
  const page = await extension.open('popup.html');
  // What was kept is painted first and takes no keys; the popup itself has the focus.
  await page.waitForFunction(() => document.activeElement !== document.body);
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('no such share');
  await page.getByRole('main').getByText('No share called').waitFor({ timeout: 120_000 });
  await page.close();
}

/** @param {Extension} full @param {Extension} empty */
async function compare(full, empty) {
  const ways = {
    full: () => full.openTab('popup.html'),
    empty: () => empty.openTab('popup.html'),
    bare: () => full.openTab('bare.html'),
    // Wakes nothing, so the popup comes after it: what follows finds the background awake.
    bareAsleep: () => full.stopWorker().then(() => full.openTab('bare.html')),
    asleep: () => full.stopWorker().then(() => full.openTab('popup.html')),
    button: () => full.openPopup(),
    emptyButton: () => empty.openPopup(),
  };
  /** @type {Record<keyof typeof ways, Opening[][]>} */
  const rounds = {
    full: [],
    empty: [],
    bare: [],
    bareAsleep: [],
    asleep: [],
    button: [],
    emptyButton: [],
  };
  const names = /** @type {(keyof typeof ways)[]} */ (Object.keys(ways));
  /** @param {keyof typeof ways} name */
  const opened = async (name) => {
    await setTimeout(PAUSE);
    return ways[name]();
  };
  for (const name of names) for (let i = 0; i < WARM_UP; i++) await opened(name);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) rounds[name].push([]);
    // In turns, so that whatever else the machine does falls on all of them.
    for (let i = 0; i < OPENINGS; i++) {
      for (const name of names) rounds[name].at(-1)?.push(await opened(name));
    }
  }
  const wrong = [rounds.full, rounds.asleep, rounds.button]
    .flat(2)
    .find(({ rows }) => rows !== PICTURES);
  if (wrong) throw new Error(`an opening showed ${wrong.rows} shares instead of ${PICTURES}`);

  /** @param {keyof typeof ways} name @param {'paint' | 'row'} what @param {number} share */
  const figures = (name, what, share) =>
    rounds[name].map((openings) =>
      percentile(
        openings.map((opening) => opening[what] ?? Number.NaN),
        share,
      ),
    );
  /**
   * @param {string} measure
   * @param {number[]} ours
   * @param {string} peer
   * @param {number[]} peers
   * @param {{ target?: string, met?: boolean }} [judged]
   */
  const line = (measure, ours, peer, peers, judged = {}) => ({
    measure: `popup with ${HISTORY} shares: ${measure}`,
    unit: 'ms',
    ours: median(ours),
    peer: { name: peer, figure: median(peers) },
    ...judged,
    rounds: { ours, peer: peers },
  });
  /** @param {number[]} ours */
  const below = (ours) => ({ target: `ours < ${LIMIT} ms`, met: median(ours) < LIMIT });
  const paint = figures('full', 'paint', 0.5);
  const row = figures('full', 'row', 0.5);
  const button = figures('button', 'paint', 0.5);
  const bare = figures('bare', 'paint', 0.5);
  const none = figures('empty', 'paint', 0.5);
  return [
    line('first paint, p50', paint, 'with no share', none, below(paint)),
    line('first paint, p50', paint, 'bare page', bare),
    line(
      'first paint, p90',
      figures('full', 'paint', 0.9),
      'with no share',
      figures('empty', 'paint', 0.9),
    ),
    line('first row, p50', row, 'bare page', bare, below(row)),
    line(
      'first paint, background asleep, p50',
      figures('asleep', 'paint', 0.5),
      'bare page',
      figures('bareAsleep', 'paint', 0.5),
    ),
    line(
      'first paint, toolbar button, p50',
      button,
      'with no share',
      figures('emptyButton', 'paint', 0.5),
      below(button),
    ),
  ];
}
