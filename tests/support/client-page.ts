import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'tsdown';
import { at } from '../../scripts/lib/project.mjs';

/** Where the browsers are; the test command says so. */
export const CHROMIUM: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const FIREFOX: string = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';

/** Browsers that puppeteer drives, without those that this machine lacks. */
export const BROWSERS = [
  { browser: 'chrome', executablePath: CHROMIUM, args: ['--no-sandbox'] },
  { browser: 'firefox', executablePath: FIREFOX, args: [] },
].filter(({ executablePath }) => existsSync(executablePath)) as {
  browser: 'chrome' | 'firefox';
  executablePath: string;
  args: string[];
}[];

/**
 * One file of the SDK as a minified module for browsers.
 * @param entry below `src/sdk`
 * @param without packages that stay outside
 */
export async function bundle(entry: string, without: RegExp[] = []): Promise<string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'gett-bundle-'));
  try {
    await build({
      cwd: at(),
      config: false,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      entry: { client: at('src/sdk', entry) },
      outDir,
      deps: without.length > 0 ? { neverBundle: without } : { alwaysBundle: [/.*/] },
      minify: true,
      dts: false,
      hash: false,
      fixedExtension: false,
      logLevel: 'warn',
      tsconfig: at('tsconfig.json'),
    });
    return await readFile(path.join(outDir, 'client.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Serves a page that has a module as the global `name`. */
export async function startClientPage(
  name: string,
  script: string,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const html =
    `<!doctype html><title>${name}</title><script type="module">` +
    `import * as client from "/client.js"; globalThis.${name} = client;</script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/client.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
