import { createHash, randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { GettClient } from '../../src/sdk/index.ts';
import { signIn, USER } from './support/account.ts';
import { ExtensionBrowser } from './support/chromium.ts';
import { startSlowServer } from './support/slow-server.ts';

const KILLS = 50;
const KB = 1000;
/** Uploads are short-lived, yet live through a few kills. Bytes a second of each connection. */
const PACE = 4_000 * KB;
/** From a few bytes up to what is sent in more than one try. */
const SIZES = [1, 40 * KB, 900 * KB, 3_000 * KB, 10_000 * KB];

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Gives every file again that a row asks for; the file is where it was. */
async function chooseAgain(page: Page, pathOf: (name: string) => string): Promise<void> {
  const ids = await page
    .locator('[data-batch]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-batch')));
  // A row may go, and the others move up, while this looks at them.
  const timeout = 5_000;
  for (const id of ids) {
    const row = page.locator(`[data-batch="${id}"]`);
    const button = row.getByRole('button', { name: 'Choose again' });
    if (!(await button.isVisible())) continue;
    const subject = row.locator('.subject');
    const shown = await ((await subject.count()) > 0 ? subject : row.locator('.file-name').first())
      .textContent({ timeout })
      .catch(() => null);
    const name = shown?.trim();
    if (!name) continue;
    await row
      .locator('input[type=file]')
      .setInputFiles(pathOf(name), { timeout })
      .catch(() => undefined);
  }
}

test('fifty kills of the browser lose no file, double none and falsify none', async () => {
  const info = test.info();
  test.setTimeout(900_000);
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  const random = mulberry32(seed);
  const upTo = (count: number) => Math.floor(random() * count);
  info.annotations.push({ type: 'seed', description: String(seed) });
  console.log(`SEED=${seed}`);

  const { server, uplink, stop } = await startSlowServer();
  const extension = await ExtensionBrowser.make(info.outputPath('profile'));
  extension.grant({ active: ['http://127.0.0.1/*'], onRequest: [] });
  const sources = new Map<string, string>();
  /** Files whose rows were seen: from then on they may not be lost. */
  const accepted = new Set<string>();
  const pathOf = (name: string) => info.outputPath(name);
  try {
    await extension.start();
    let page = await extension.open();
    await signIn(page, uplink);
    uplink.pace(PACE);

    for (let kill = 1; kill <= KILLS; kill++) {
      const given: string[] = [];
      if (kill % 2 === 1) {
        for (let i = upTo(4); i >= 0; i--) {
          const name = `${kill}-${i}.bin`;
          const bytes = randomFillSync(Buffer.alloc(SIZES[upTo(SIZES.length)] ?? 1));
          writeFileSync(pathOf(name), bytes);
          sources.set(name, sha256(bytes));
          given.push(name);
        }
        await page.locator('input[type=file]').first().setInputFiles(given.map(pathOf));
      } else {
        await chooseAgain(page, pathOf);
      }
      await setTimeout(50 + upTo(1_450));
      const [first] = given;
      // By its name: other rows may have as many files.
      if (first && (await page.getByTitle(first, { exact: true }).count()) > 0) {
        for (const name of given) accepted.add(name);
      }
      await extension.crash();
      await extension.start();
      page = await extension.open();
    }

    uplink.pace(Infinity);
    await expect(async () => {
      await chooseAgain(page, pathOf);
      for (const button of await page.getByRole('button', { name: /^Try (now|again)$/ }).all()) {
        await button.click({ timeout: 500 }).catch(() => undefined);
      }
      await expect(page.getByRole('heading', { name: 'In progress' })).toBeHidden({
        timeout: 2_000,
      });
    }).toPass({ timeout: 120_000 });

    const gett = new GettClient({ baseUrl: server.baseUrl });
    await gett.signIn(USER);
    const found: string[] = [];
    for await (const share of gett.shares.list()) {
      expect(share.files, `the share ${share.sharename} has files`).not.toEqual([]);
      for (const file of share.files) {
        expect(file.state, file.filename).toBe('uploaded');
        const bytes = new Uint8Array(await (await file.contents()).arrayBuffer());
        expect(sha256(bytes), file.filename).toBe(sources.get(file.filename));
        found.push(file.filename);
      }
    }
    expect(found.toSorted(), 'no file is there twice').toEqual([...new Set(found)].toSorted());
    expect([...accepted].filter((name) => !found.includes(name))).toEqual([]);
    expect(accepted.size).toBeGreaterThan(KILLS / 4);
  } finally {
    await extension.close();
    await stop();
  }
});
