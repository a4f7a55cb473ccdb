/**
 * Builds what is published: `node scripts/build.mjs [sdk] [server] [extension] [extension-firefox]`,
 * everything without arguments. Each package in dist/ gets a package.json of its own that lists
 * only what its code really imports.
 */
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'tsdown';
import { leanKy } from './lib/lean-ky.mjs';
import { squeeze } from './lib/minify.mjs';
import { writeNotices } from './lib/notices.mjs';
import { at, manifest } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const SDK_FILE = 'gett-sdk.min.js';

/** Where a server gives the SDK to pages, its own ones included. */
const SERVED_SDK = '/sdk/gett-sdk.js';
/** And the component, which has all of the SDK in it that it needs. */
const SERVED_DROP = '/sdk/gett-drop.js';

/** Every subpath of gett-sdk with its source. */
const SDK_ENTRIES = {
  index: 'src/sdk/index.ts',
  node: 'src/sdk/node.ts',
  smartfile: 'src/sdk/smartfile/index.ts',
  bridge: 'src/sdk/bridge/index.ts',
  jetstream: 'src/sdk/jetstream/index.ts',
  drop: 'src/sdk/drop/index.ts',
};

/** What differs between servers' runtimes and browsers: folders with a module for each. */
const SDK_RUNTIMES = {
  '#transport': 'src/sdk/upload/transports',
  '#smartfile-body': 'src/sdk/smartfile/body',
};

/** @type {import('tsdown').InlineConfig} */
const common = {
  cwd: at(),
  config: false,
  format: 'esm',
  target: 'es2022',
  fixedExtension: false,
  sourcemap: true,
  clean: false,
  logLevel: 'warn',
  hash: false,
  tsconfig: at('tsconfig.json'),
};

/**
 * The packages that built code imports, with the versions of the project's own package.json.
 * @param {import('tsdown').TsdownBundle[]} bundles
 */
async function importedPackages(bundles) {
  const { dependencies } = await manifest();
  const names = bundles
    .flatMap(({ chunks }) => chunks)
    .flatMap((chunk) => (chunk.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : []))
    .map((id) => id.split('/', id.startsWith('@') ? 2 : 1).join('/'));
  return Object.fromEntries(
    [...new Set(names)]
      .filter((name) => name in dependencies)
      .sort()
      .map((name) => [name, dependencies[name]]),
  );
}

/**
 * @param {string} folder
 * @param {Record<string, unknown>} fields
 */
async function writePackage(folder, fields) {
  const { version, license, engines } = await manifest();
  const content = { version, license, type: 'module', engines, ...fields };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
  await copyFile(at('LICENSE'), path.join(folder, 'LICENSE'));
}

/**
 * Builds into a folder of its own and puts it in place whole, so that nobody who runs the old
 * build meets half of the new one.
 * @param {string} target
 * @param {(folder: string) => Promise<void>} make
 */
async function replaceWhole(target, make) {
  const fresh = `${target}.new-${process.pid}`;
  const old = `${target}.old-${process.pid}`;
  try {
    await make(fresh);
    await rename(target, old).catch(() => undefined);
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/**
 * One file with everything in it, for `<script type="module">`.
 * @param {string} folder
 * @param {string} name
 * @param {{ source?: string, sourcemap?: boolean }} [options]
 */
async function buildSdkFile(folder, name, options) {
  const bundles = await build({
    ...common,
    entry: { [path.parse(name).name]: at(options?.source ?? SDK_ENTRIES.index) },
    outDir: folder,
    platform: 'browser',
    deps: { alwaysBundle: [/.*/] },
    plugins: [leanKy()],
    minify: true,
    dts: false,
    sourcemap: options?.sourcemap !== false,
  });
  await squeeze(path.join(folder, name), options?.sourcemap !== false);
  await writeNotices(folder, bundles);
}

/**
 * The command `gett` in one file: it starts at once, and who wants the library only does not install
 * what the command is made of. `ws`, which the library needs too, stays outside.
 * @param {string} folder
 */
function buildCommand(folder) {
  return build({
    ...common,
    entry: { cli: at('src/cli.ts') },
    outDir: folder,
    platform: 'node',
    deps: { alwaysBundle: [/^(?!ws$)/], neverBundle: ['ws'] },
    minify: true,
    sourcemap: false,
    dts: false,
  });
}

/** @param {string} folder */
async function buildSdk(folder) {
  const bundles = await build({
    ...common,
    entry: Object.fromEntries(
      [
        ...Object.entries(SDK_ENTRIES),
        ...Object.entries(SDK_RUNTIMES).flatMap(([name, source]) =>
          ['server', 'browser'].map((runtime) => [
            `${name.slice(1)}/${runtime}`,
            `${source}/${runtime}.ts`,
          ]),
        ),
      ].map(([name, source = '']) => [name, at(source)]),
    ),
    outDir: folder,
    platform: 'neutral',
    deps: { neverBundle: [/^node:/, /^#/] },
    // In a folder of their own, where none can take the name of an entry point.
    outputOptions: { chunkFileNames: 'chunks/[name].js' },
    dts: true,
  });
  await buildSdkFile(folder, SDK_FILE);
  await buildCommand(folder);
  /** @param {string} name */
  const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  await writePackage(folder, {
    name: 'gett-sdk',
    description:
      'Client of Ge.tt-compatible file-sharing services, for browsers, extensions and Node',
    // Importing the component defines its element.
    sideEffects: ['./drop.js'],
    imports: Object.fromEntries(
      Object.keys(SDK_RUNTIMES).map((name) => [
        name,
        { node: `./${name.slice(1)}/server.js`, default: `./${name.slice(1)}/browser.js` },
      ]),
    ),
    bin: { gett: './cli.js' },
    exports: {
      ...Object.fromEntries(
        Object.keys(SDK_ENTRIES).map((name) => [name === 'index' ? '.' : `./${name}`, entry(name)]),
      ),
      [`./${SDK_FILE}`]: { types: './index.d.ts', default: `./${SDK_FILE}` },
      './package.json': './package.json',
    },
    types: './index.d.ts',
    dependencies: await importedPackages(bundles),
  });
}

/** @param {string} folder */
async function buildServer(folder) {
  const pages = at('src/server/pages/client');
  const assets = path.join(folder, 'assets');
  await mkdir(assets, { recursive: true });
  const bundles = await build({
    ...common,
    entry: {
      cli: at('src/server/cli.ts'),
      'checkpoint-thread': at('src/server/metadata/checkpoint-thread.ts'),
    },
    outDir: folder,
    platform: 'node',
    dts: false,
  });
  const sources = await readdir(pages).catch(() => []);
  const scripts = sources.filter((name) => name.endsWith('.ts') && !name.startsWith('_'));
  if (scripts.length > 0) {
    await build({
      ...common,
      entry: Object.fromEntries(
        scripts.map((name) => [path.parse(name).name, path.join(pages, name)]),
      ),
      outDir: assets,
      platform: 'browser',
      deps: { alwaysBundle: [/.*/], neverBundle: [SERVED_DROP] },
      minify: true,
      sourcemap: false,
      dts: false,
    });
  }
  await buildSdkFile(assets, path.basename(SERVED_SDK), { sourcemap: false });
  const drop = { source: SDK_ENTRIES.drop, sourcemap: false };
  await buildSdkFile(assets, path.basename(SERVED_DROP), drop);
  for (const name of sources.filter((name) => /\.(css|svg|png|ico)$/.test(name))) {
    await copyFile(path.join(pages, name), path.join(assets, name));
  }
  await writePackage(folder, {
    name: 'gett-server',
    description: 'Self-hostable file-sharing server that speaks the Ge.tt API',
    bin: { 'gett-server': './cli.js' },
    exports: { './package.json': './package.json' },
    dependencies: await importedPackages(bundles),
  });
}

/** @param {'chrome' | 'firefox'} browser */
const buildExtension = (browser) =>
  replaceWhole(at('.output', `${browser}-mv3`), (folder) =>
    run('npx', ['wxt', 'build', '-b', browser, '--mv3', '--level', 'warn'], {
      env: {
        EXTENSION_FOLDER: folder,
        // A test runner's "test" would give Preact's development build, with paths of this machine.
        NODE_ENV: 'production',
        WXT_DISABLE_TELEMETRY: '1',
        DO_NOT_TRACK: '1',
      },
    }),
  );

/** @type {Record<string, () => Promise<unknown>>} */
const targets = {
  sdk: () => replaceWhole(at('dist/sdk'), buildSdk),
  server: () => replaceWhole(at('dist/server'), buildServer),
  extension: () => buildExtension('chrome'),
  'extension-firefox': () => buildExtension('firefox'),
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in targets));
if (unknown) {
  console.error(`build: there is no "${unknown}"; choose from ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(targets)) {
  const start = performance.now();
  await targets[name]?.();
  console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
