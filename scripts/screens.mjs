/**
 * Draws every screen and state of the extension, light and dark, for people to look at:
 * `npm run screens [-- NAME…]` writes .output-screens/*.png and a contact sheet, index.html.
 * With `--references` it also renews the small pictures that the tests compare with.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { runnerImport } from 'vite';
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { ensureChromium, ensureDependencies, main, SetupError, say } from './lib/setup.mjs';

const FOLDER = at('.output-screens');
const REFERENCES = at('tests/e2e/screens/references');
/** @type {('light' | 'dark')[]} */
const LOOKS = ['light', 'dark'];

/** @param {string[]} names */
const contactSheet = (names) => `<!doctype html>
<meta charset="utf-8">
<title>Screens</title>
<style>
  body { margin: 32px; font: 14px/20px system-ui, sans-serif; background: #dfe3e6; color: #1a1c1e; }
  section { margin-block: 0 40px; }
  h2 { margin: 0 0 8px; font-size: 15px; }
  div { display: flex; flex-wrap: wrap; gap: 24px; align-items: start; }
  img { display: block; max-width: 100%; border-radius: 8px; box-shadow: 0 1px 3px #0004, 0 8px 24px #1232; }
</style>
${names
  .map(
    (name) => `<section><h2>${name}</h2><div>
  ${LOOKS.map((look) => `<img src="${name}-${look}.png" alt="${name}, ${look}" loading="lazy">`).join('\n  ')}
</div></section>`,
  )
  .join('\n')}
`;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { references: { type: 'boolean', default: false } },
  });
  await ensureDependencies();
  await ensureChromium();
  await ensureBuilt('server', 'extension');
  /** @typedef {typeof import('../tests/e2e/screens/stage.ts')} StageModule */
  /** @typedef {typeof import('../tests/e2e/screens/list.ts')} ListModule */
  const folder = at('tests/e2e/screens');
  const [{ module: stages }, { module: list }] = await Promise.all([
    /** @type {Promise<{ module: StageModule }>} */ (runnerImport(`${folder}/stage.ts`)),
    /** @type {Promise<{ module: ListModule }>} */ (runnerImport(`${folder}/list.ts`)),
  ]);
  const wanted = list.SCREENS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  if (wanted.length === 0) throw new SetupError(`No screen is called ${positionals.join(' or ')}.`);
  if (positionals.length === 0) {
    await rm(FOLDER, { recursive: true, force: true });
    if (values.references) await rm(REFERENCES, { recursive: true, force: true });
  }
  await mkdir(FOLDER, { recursive: true });
  await mkdir(REFERENCES, { recursive: true });
  const stage = await stages.Stage.open();
  try {
    for (const screen of wanted) {
      const page = await stage.show(screen);
      for (const look of LOOKS) {
        await stages.dress(page, look);
        const picture = await stages.picture(page, screen);
        const file = `${screen.name}-${look}.png`;
        await writeFile(path.join(FOLDER, file), picture);
        if (!values.references) continue;
        const small = await sharp(picture).png({ palette: true, effort: 10 }).toBuffer();
        await writeFile(path.join(REFERENCES, file), small);
      }
      await page.close();
    }
  } finally {
    await stage.close();
  }
  const names = list.SCREENS.map(({ name }) => name);
  await writeFile(path.join(FOLDER, 'index.html'), contactSheet(names));
  say(`${wanted.length} screens in ${path.relative(at(), FOLDER)}; open index.html there`);
});
