/** The whole product at work: server, demo page and a browser with the extension. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { at } from '../../lib/project.mjs';
import { SetupError, say } from '../../lib/setup.mjs';
import { startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { startSite } from './site.mjs';

const PICTURE = 'pictures/lake-at-dusk.jpg';

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Asks again and again until there is an answer.
 * @template T
 * @param {string} failure what is said after 15 s
 * @param {() => Promise<T | undefined>} probe
 * @returns {Promise<T>}
 */
async function until(failure, probe) {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new SetupError(`${failure} within 15 s.`);
}

/**
 * The bytes behind a share's link, as any visitor gets them, once they are complete.
 * @param {string} origin
 * @param {string} link
 */
async function download(origin, link) {
  const sharename = new URL(link).pathname.split('/')[1];
  return until(`The picture behind ${link} was not uploaded`, async () => {
    const share = await (await fetch(`${origin}/1/shares/${sharename}`)).json();
    const file = share.files?.[0];
    if (file?.readystate !== 'uploaded') return undefined;
    const answer = await fetch(`${origin}/1/files/${sharename}/${file.fileid}/blob?download`);
    return new Uint8Array(await answer.arrayBuffer());
  });
}

/**
 * @param {{ folder: string, port: string, executable: string, headless: boolean }} options
 */
export async function startDemo({ folder, port, executable, headless }) {
  /** @type {{ stop(): Promise<void> }[]} */
  const running = [];
  /** @template {{ stop(): Promise<void> }} T @param {T} part @returns {T} */
  const keep = (part) => {
    running.unshift(part);
    return part;
  };
  const stop = async () => {
    for (const part of running.splice(0)) await part.stop();
  };

  try {
    const server = keep(await startServer({ folder, port }));
    say(`the server is at ${server.origin}`);
    const site = keep(await startSite());
    // A window keeps what was done in it until next time; the proof begins from nothing.
    const profile = path.join(
      folder,
      headless ? 'profile-proof' : `profile-${new URL(server.origin).port}`,
    );
    if (headless) await rm(profile, { recursive: true, force: true });
    const browser = keep(await startBrowser({ executable, profile, headless }));
    await browser.signIn({ origin: server.origin, ...server.account });
    say(`the extension is signed in as ${server.account.email}`);
    const { context } = browser;
    const page = await context.newPage();
    await page.goto(site.origin);

    return {
      stop,
      server,

      /** Leaves the demo page in front. */
      async show() {
        for (const other of context.pages()) if (other !== page) await other.close();
        await page.bringToFront();
      },

      /** What a right-click does, without a window: shares a picture and proves the download. */
      async shareOnePicture() {
        await context.grantPermissions(['clipboard-read'], { origin: site.origin });
        await page.bringToFront();
        say('sharing a picture of the demo page through the extension');
        await browser.chooseShareImage({
          srcUrl: `${site.origin}/${PICTURE}`,
          pageUrl: page.url(),
        });
        const link = await until('The link did not reach the clipboard', async () => {
          const text = await page.evaluate(() => navigator.clipboard.readText());
          return text.startsWith(server.origin) ? text : undefined;
        });
        const [original, received] = [
          await readFile(at('scripts/demo', PICTURE)),
          await download(server.origin, link),
        ];
        if (sha256(original) !== sha256(received)) {
          throw new SetupError(`What ${link} gives differs from the picture.`);
        }
        process.stdout.write(
          `\nShared ${PICTURE.split('/')[1]}: ${link}\n` +
            `Downloaded again: ${received.length} bytes, identical (SHA-256 ${sha256(received).slice(0, 16)}…)\n`,
        );
      },

      nextSteps() {
        const look = headless
          ? `  Open the link above in a browser on this computer.\n`
          : `  Right-click a picture on the demo page, choose "Share via Ge.tt", paste the link into a new tab.\n`;
        return (
          `\nNext:\n${look}` +
          `  Demo page  ${site.origin}\n` +
          `  Server     ${server.origin}  (log: ${path.relative(at(), server.log)})\n` +
          `  Account    ${server.account.email}  (password: ${path.relative(at(), server.passwordFile)})\n` +
          `  An account of your own: npm run server -- user add YOU@EXAMPLE.ORG --name YOU --data ${path.relative(at(), server.data)}\n` +
          `  Ctrl+C stops everything.\n`
        );
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
