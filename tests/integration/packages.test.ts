import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf, gzipped } from '../../scripts/lib/bundle-size.mjs';
import { at } from '../../scripts/lib/project.mjs';
import { type Project, projectWith } from '../support/sdk-package.ts';

const run = promisify(execFile);

/** What each subpath of gett-sdk is used for, as a program would write it. */
const USES = {
  'gett-sdk': `
    import { GettClient, isGettError, UploadQueue, type QueueItem } from 'gett-sdk';
    const gett: GettClient = new GettClient({ baseUrl: 'http://127.0.0.1:9/1' });
    const items: readonly QueueItem[] = new UploadQueue(gett).items;
    const code: string = await gett.me().then(
      (user) => user.email,
      (error: unknown) => (isGettError(error) ? error.code : 'other'),
    );
    console.log(code, items.length);`,
  'gett-sdk/node': `
    import { fileFromPath, GettClient, LiveWebSocket, type StreamSource } from 'gett-sdk/node';
    const file: StreamSource & { name: string } = await fileFromPath('package.json');
    const gett = new GettClient({ baseUrl: 'http://127.0.0.1:9/1', WebSocket: LiveWebSocket });
    console.log(file.name, gett instanceof GettClient);`,
  'gett-sdk/smartfile': `
    import { createBasicClient } from 'gett-sdk/node';
    import { SmartFileClient } from 'gett-sdk/smartfile';
    console.log(typeof createBasicClient, typeof SmartFileClient);`,
  'gett-sdk/bridge': `
    import { KeyPair } from 'gett-sdk/bridge';
    const pair: KeyPair = KeyPair.generate();
    console.log(pair.publicKey.length > 60);`,
  'gett-sdk/jetstream': `
    import { JetStream } from 'gett-sdk/jetstream';
    console.log(typeof JetStream);`,
  'gett-sdk/drop': `
    import { type DropEvents, englishTexts, type GettDropElement } from 'gett-sdk/drop';
    const busy = (element: GettDropElement): boolean => element.busy;
    const detail: DropEvents['gett-link'] = { link: 'http://x', title: '', files: [] };
    console.log(detail.link, typeof busy, englishTexts.tryAgain);`,
};

const PRINTED: Record<keyof typeof USES, string> = {
  'gett-sdk': 'not-signed-in 0',
  'gett-sdk/node': 'package.json true',
  'gett-sdk/smartfile': 'function function',
  'gett-sdk/bridge': 'true',
  'gett-sdk/jetstream': 'function',
  'gett-sdk/drop': 'http://x function Try again',
};

const WAYS_TO_RESOLVE = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] },
  bundler: { module: 'esnext', moduleResolution: 'bundler', types: ['node'] },
};

/** Packs both packages and installs them into an empty project, as their users do. */
describe('the packages', () => {
  let project: Project;
  const inProject = (command: string, args: string[]) =>
    run(command, args, { cwd: project.folder });

  beforeAll(async () => {
    project = await projectWith('sdk', 'server');
    for (const [i, source] of Object.values(USES).entries()) {
      await writeFile(path.join(project.folder, `use-${i}.ts`), source);
    }
  }, 180_000);

  afterAll(() => project.remove());

  it.each(Object.entries(WAYS_TO_RESOLVE))(
    'give every subpath of the SDK its types, resolved as by %s',
    async (name, options) => {
      const config = {
        compilerOptions: {
          ...options,
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: name === 'bundler',
          typeRoots: [at('node_modules/@types')],
        },
        include: ['use-*.ts'],
      };
      const file = `tsconfig.${name}.json`;
      await writeFile(path.join(project.folder, file), JSON.stringify(config));
      const compiled = inProject(process.execPath, [at('node_modules/.bin/tsc'), '-p', file]);
      await expect(compiled).resolves.toMatchObject({ stdout: '' });
    },
    180_000,
  );

  it.each(Object.entries(PRINTED))('work when a program imports %s', async (subpath, printed) => {
    const file = `use-${Object.keys(USES).indexOf(subpath)}.js`;
    const { stdout } = await inProject('node', [file]);
    expect(stdout.trim()).toBe(printed);
  });

  it('give the SDK as one minified file with a source map that leads back to the sources', async () => {
    const folder = path.join(project.folder, 'node_modules/gett-sdk');
    const code = await readFile(path.join(folder, 'gett-sdk.min.js'), 'utf8');
    expect(code.trim().split('\n').at(-1)).toBe('//# sourceMappingURL=gett-sdk.min.js.map');
    expect(code).not.toMatch(/^import\b|\bfrom"/m);
    const map = JSON.parse(await readFile(path.join(folder, 'gett-sdk.min.js.map'), 'utf8'));
    const own = map.sources.findIndex((name: string) => name.endsWith('sdk/upload/engine.ts'));
    expect(map.sourcesContent[own]).toContain('export async function uploadFile');
  });

  it('say the licences of what is in the one file', async () => {
    const notices = 'node_modules/gett-sdk/THIRD-PARTY.txt';
    const text = await readFile(path.join(project.folder, notices), 'utf8');
    for (const name of ['ky', 'idb-keyval']) expect(text).toMatch(new RegExp(`^${name}$`, 'm'));
    expect(text).toContain('Sindre Sorhus');
  });

  it('name in the one file what the entry point names', async () => {
    const script = `const [a, b] = await Promise.all([import('gett-sdk'), import('gett-sdk/gett-sdk.min.js')]);
      console.log(Object.keys(a).sort().join() === Object.keys(b).sort().join());`;
    const { stdout } = await inProject('node', ['--input-type=module', '-e', script]);
    expect(stdout.trim()).toBe('true');
  });

  it('give the command gett-server, without any install script', async () => {
    const { stdout } = await inProject('npx', ['gett-server', '--version']);
    const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    expect(stdout).toContain(version);
  });

  it('give the command gett in one file, which needs nothing that the SDK does not', async () => {
    const { stdout } = await inProject('npx', ['gett', '--version']);
    const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    expect(stdout.trim()).toBe(version);
  });

  it('keep the server away from those who want the SDK only', async () => {
    const sdk = JSON.parse(await readFile(at('dist/sdk/package.json'), 'utf8'));
    const allowed = [
      'ky',
      'idb-keyval',
      '@noble/curves',
      '@noble/hashes',
      'oauth-1.0a',
      'uqr',
      'ws',
    ];
    expect(Object.keys(sdk.dependencies).filter((name) => !allowed.includes(name))).toEqual([]);
  });

  describe('shake off what a program does not use', { timeout: 120_000 }, () => {
    const size = async (source: string) => gzipped(await bundleOf(source));

    it('to nothing, when nothing is used', async () => {
      const subpaths = ['', '/smartfile', '/bridge', '/jetstream'];
      const sources = subpaths.map((subpath) => `import 'gett-sdk${subpath}';`);
      expect(await bundleOf(sources.join('\n'))).toBe('');
    });

    it('to a fraction, when one name is used', async () => {
      const whole = await size("export * from 'gett-sdk'");
      expect(await size("export { isGettError } from 'gett-sdk'")).toBeLessThan(whole / 50);
      expect(await size("export { uploadFile } from 'gett-sdk'")).toBeLessThan(whole / 3);
      expect(await size("export { GettClient } from 'gett-sdk'")).toBeLessThan(whole * 0.9);
    });

    it('to the byte, when a service is not used', async () => {
      const one = "export { uploadFile } from 'gett-sdk';";
      const unused = "import 'gett-sdk/jetstream'; import { BridgeClient } from 'gett-sdk/bridge';";
      expect(await bundleOf(`${unused} ${one}`)).toBe(await bundleOf(one));
    });
  });
});
