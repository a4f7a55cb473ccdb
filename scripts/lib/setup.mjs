/** What the two commands need before anything else: dependencies and browsers. Uses Node alone. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isOlder, OLDEST, versionIn } from './browser-version.mjs';
import { at } from './project.mjs';
import { run } from './run.mjs';

/** A reason that a person can act on; shown without a stack. */
export class SetupError extends Error {}

/** Shows one line of progress. @param {string} text */
export const say = (text) => process.stderr.write(`• ${text}\n`);

/**
 * Runs a command's main function: a {@link SetupError} is one sentence, anything else has a stack.
 * @param {() => Promise<unknown>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`\n✗ ${error instanceof SetupError ? error.message : reason}\n`);
    process.exit(1);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer from https://nodejs.org.`,
  );
}

/** Installs the locked dependencies unless these very ones are there. */
export async function ensureDependencies() {
  checkNode();
  const stamp = at('node_modules/.installed-lock');
  const lock = createHash('sha256')
    .update(await readFile(at('package-lock.json')))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) return;
  say('installing dependencies (about a minute the first time)');
  try {
    // Not "npm ci": it refuses a lock file that does not list the optional binaries of every other
    // platform, and some registries do not offer all of them. https://github.com/npm/cli/issues/4828
    const flags = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...flags], { quiet: true });
  } catch {
    throw new SetupError(
      'npm could not install the dependencies; see its message above. Is the network there?',
    );
  }
  await writeFile(stamp, lock);
}

/** @param {string} file */
const isExecutable = (file) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * The first of some programs that is installed: names are looked up in PATH.
 * @param {string[]} names
 * @returns {Promise<string | undefined>}
 */
async function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of names) {
    const candidates = path.isAbsolute(name) ? [name] : folders.map((dir) => path.join(dir, name));
    for (const file of candidates) if (await isExecutable(file)) return file;
  }
  return undefined;
}

const isRoot = process.getuid?.() === 0;
let listsAreFresh = false;

/**
 * Installs the newest Debian packages, which old lists would not know; false where that is not possible.
 * @param {string[]} packages
 */
async function apt(...packages) {
  if (!isRoot || !(await findProgram('apt-get'))) return false;
  say(`installing ${packages.join(', ')} through apt`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    if (!listsAreFresh) await run('apt-get', ['update', '-qq'], { env, quiet: true });
    listsAreFresh = true;
    const flags = ['install', '-y', '-qq', '--no-install-recommends'];
    await run('apt-get', [...flags, ...packages], { env, quiet: true });
    return true;
  } catch {
    return false;
  }
}

const CHROMIUM = { name: 'Chromium', oldest: OLDEST.chromium, variable: 'CHROMIUM_PATH' };
const FIREFOX = { name: 'Firefox', oldest: OLDEST.firefox, variable: 'FIREFOX_PATH' };

/**
 * The version of an installed browser, if it is older than the extension needs.
 * @param {string} file
 * @param {string} oldest
 * @returns {Promise<string | undefined>}
 */
async function tooOld(file, oldest) {
  const options = { timeout: 30_000 };
  const answer = await promisify(execFile)(file, ['--version'], options).catch(() => undefined);
  // A browser that does not tell its version is given the benefit of the doubt.
  const version = answer && versionIn(answer.stdout);
  return version !== undefined && isOlder(version, oldest) ? version : undefined;
}

/**
 * Refuses a browser whose failures nobody would understand; one that apt has installed is renewed.
 * @param {string} file
 * @param {{ name: string, oldest: string, packageName?: string | undefined, variable: string }} browser
 */
async function ensureNew(file, { name, oldest, packageName, variable }) {
  const version = await tooOld(file, oldest);
  if (version === undefined) return;
  say(`${name} ${version} is too old`);
  if (packageName && (await apt(packageName)) && !(await tooOld(file, oldest))) return;
  const how = packageName
    ? `"apt-get update && apt-get install ${packageName}" as root renews it, if your system has a newer one; or set ${variable} to one`
    : `install a newer one, or set ${variable} to one`;
  throw new SetupError(
    `${file} is ${name} ${version}, but the extension needs ${oldest} or newer: ${how}.`,
  );
}

/**
 * A Chromium that still loads unpacked extensions by a switch; branded Chrome does not since 137.
 * https://developer.chrome.com/docs/extensions/whats-new#chrome_137
 * @returns {Promise<string>} its path, also put into CHROMIUM_PATH
 */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (await isExecutable(given)) {
      await ensureNew(given, CHROMIUM);
      return given;
    }
    throw new SetupError(
      `CHROMIUM_PATH names ${given}, which cannot be run. Correct it or unset it.`,
    );
  }
  const installed = await findProgram('chromium', 'chromium-browser');
  if (installed) await ensureNew(installed, { ...CHROMIUM, packageName: 'chromium' });
  const found =
    installed ??
    ((await apt('chromium', 'fonts-dejavu-core')) ? await findProgram('chromium') : undefined) ??
    (await playwrightChromium());
  process.env.CHROMIUM_PATH = found;
  return found;
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  if (!(await isExecutable(file))) {
    say("downloading Playwright's Chromium");
    try {
      await run('npx', ['playwright', 'install', 'chromium'], {});
    } catch {
      throw new SetupError(
        'There is no Chromium and none could be downloaded. Install the package "chromium", or set CHROMIUM_PATH to one.',
      );
    }
  }
  return file;
}

/**
 * A stock Firefox that accepts add-ons without a signature by a preference (ESR, Developer, Nightly).
 * @returns {Promise<string | undefined>} its path, also put into FIREFOX_PATH
 */
export async function ensureFirefox() {
  const given = process.env.FIREFOX_PATH;
  const esr = given ? undefined : await findProgram('firefox-esr');
  const found =
    given ??
    esr ??
    (await findProgram('firefox-developer-edition')) ??
    ((await apt('firefox-esr')) ? await findProgram('firefox-esr') : undefined);
  if (found) await ensureNew(found, { ...FIREFOX, packageName: esr && 'firefox-esr' });
  if (found) process.env.FIREFOX_PATH = found;
  return found;
}

/** Programs of the tests that use a real (virtual) desktop, and the packages that bring them. */
const desktop = {
  Xvfb: 'xvfb',
  xdotool: 'xdotool',
  xclip: 'xclip',
  xwininfo: 'x11-utils',
  import: 'imagemagick',
};

/** @returns {Promise<string[]>} what is missing in the end */
export async function ensureDesktopTools() {
  const missing = async () => {
    const absent = [];
    for (const program of Object.keys(desktop)) {
      if (!(await findProgram(program))) absent.push(program);
    }
    return absent;
  };
  const absent = await missing();
  if (absent.length === 0) return [];
  await apt(
    ...Object.entries(desktop).flatMap(([program, name]) => (absent.includes(program) ? name : [])),
  );
  return missing();
}
