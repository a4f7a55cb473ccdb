import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { at } from '../../../scripts/lib/project.mjs';
import { projectWith } from '../sdk-package.ts';
import type { Block } from './blocks.ts';
import { GIVEN } from './given.ts';
import type { Services } from './services.ts';

const run = promisify(execFile);

/** A project with the package installed, in which the blocks of the documentation are modules. */
export interface Workshop {
  readonly folder: string;
  /** Runs a module, or a script of the shell, in a folder with a few files; gives what it printed. */
  run(block: Block): Promise<string>;
  remove(): Promise<void>;
}

/** As a reader would have it: strict, and resolved as Node does. */
const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    types: ['node'],
    typeRoots: [at('node_modules/@types')],
  },
  include: ['*.ts', 'given/*.ts'],
};

/** @throws with what the compiler says, when a block does not compile */
export async function openWorkshop(services: Services, blocks: Block[]): Promise<Workshop> {
  const project = await projectWith('sdk');
  const { folder } = project;
  await mkdir(path.join(folder, 'given'));
  for (const [name, source] of Object.entries(GIVEN)) {
    await writeFile(path.join(folder, 'given', `${name}.ts`), services.settle(source));
  }
  for (const block of blocks.filter(({ language }) => language === 'ts')) {
    await writeFile(path.join(folder, `${block.id}.ts`), services.settle(moduleOf(block)));
  }
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  const compiling = run(process.execPath, [at('node_modules/.bin/tsc'), '-p', '.'], {
    cwd: folder,
  });
  await compiling.catch((error: { stdout: string }) => {
    throw new Error(`the documentation does not compile:\n${error.stdout}`);
  });

  async function folderWithFiles(): Promise<string> {
    const place = await mkdtemp(path.join(folder, 'work-'));
    await mkdir(path.join(place, 'pictures'));
    const contents = {
      'film.mkv': 'a film',
      'notes.txt': 'some notes',
      'report.pdf': 'a report',
      'password.txt': `${services.environment['GETT_PASSWORD']}\n`,
      'pictures/cat.jpg': 'a cat',
    };
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(path.join(place, name), content);
    }
    return place;
  }

  return {
    folder,
    async run({ id, environment, code }) {
      const cwd = await folderWithFiles();
      const shell = environment === 'shell';
      const command = shell
        ? ['bash', '-euo', 'pipefail', '-c', services.settle(code)]
        : ['node', path.join(folder, `${id}.js`)];
      const [file = '', ...args] = command;
      // Whoever types at a shell signs in there; programs take the account from the environment.
      const account = shell ? {} : services.environment;
      const { stdout } = await run(file, args, {
        cwd,
        timeout: 60_000,
        env: {
          PATH: `${path.join(folder, 'node_modules/.bin')}:${process.env['PATH']}`,
          HOME: folder,
          XDG_CONFIG_HOME: path.join(folder, '.config'),
          XDG_DATA_HOME: path.join(folder, '.data'),
          ...account,
        },
      });
      return stdout;
    },
    remove: () => project.remove(),
  };
}

function moduleOf({ given, code }: Block): string {
  const imports = given.map((name) => `import { ${name} } from './given/${name}.js';`);
  return [...imports, code, 'export {};'].join('\n');
}
