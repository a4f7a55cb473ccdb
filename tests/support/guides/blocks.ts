import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/project.mjs';
import { DOC_COMMENTS } from './doc-comments.ts';

/** Where a block of code runs. */
export type Environment = 'node' | 'page' | 'extension' | 'shell' | 'html' | 'data';

/** A piece of code that readers of the documentation copy. */
export interface Block {
  /** For example `uploads-2`: the second block of `docs/guides/uploads.md`. */
  readonly id: string;
  readonly language: string;
  readonly environment: Environment;
  /** Names that the block uses and the text around it explains; `given.ts` says what they are. */
  readonly given: readonly string[];
  readonly code: string;
  /** What it puts out, line by line; `…` stands for any text, alone on its line for any lines. */
  readonly prints: readonly string[];
  /** Why it is not run. */
  readonly notRun?: string;
}

const DATA = ['json', 'python'];

/**
 * The fenced blocks of a guide. What follows the language on the fence says where the block runs and
 * what is given (`ts page given=gett,files`), or why it does not (`sh not-run: installs on this
 * computer`); a comment behind it says what it prints.
 */
export function blocksOf(file: string): Block[] {
  const fences =
    /^```(?<language>\w+)(?<info>.*)\n(?<code>[\s\S]*?)^```$(?:\n+<!-- prints\n(?<prints>[\s\S]*?)-->)?/gm;
  const text = readFileSync(at(file), 'utf8');
  return [...text.matchAll(fences)].map(({ groups = {} }, i) => {
    const { language = '', info = '', code = '', prints = '' } = groups;
    const notRun = /not-run: (.+)$/.exec(info)?.[1];
    return {
      id: `${path.basename(file, '.md').toLowerCase()}-${i + 1}`,
      language,
      environment: environmentOf(language, info),
      given: /\bgiven=(\S+)/.exec(info)?.[1]?.split(',') ?? [],
      code,
      prints: prints.split('\n').filter(Boolean),
      ...(notRun !== undefined && { notRun }),
    };
  });
}

function environmentOf(language: string, info: string): Environment {
  if (language === 'sh') return 'shell';
  if (language === 'html') return 'html';
  if (DATA.includes(language)) return 'data';
  if (/^ page\b/.test(info)) return 'page';
  return /^ extension\b/.test(info) ? 'extension' : 'node';
}

/** The examples in the source's own comments; `doc-comments.ts` says of each how it is run. */
export function docCommentBlocks(): Block[] {
  return sources('src/sdk').flatMap((file) => {
    const comments = readFileSync(at(file), 'utf8').matchAll(/^ *\/\*\*[\s\S]*?\*\//gm);
    const examples = [...comments].flatMap(([comment]) => {
      const text = comment.replace(/^ *(\/\*\*|\*\/|\* ?)/gm, '');
      const found = /^@example\n(?<code>[\s\S]*?)(?=^@|(?![\s\S]))/m.exec(text)?.groups?.['code'];
      return found === undefined ? [] : [`${found.trimEnd()}\n`];
    });
    return examples.map((code, i): Block => {
      const id = `${file.replace('src/sdk/', '').replace('.ts', '')}${i > 0 ? `-${i + 1}` : ''}`;
      const run = DOC_COMMENTS[id] ?? { prints: [] };
      const { environment = 'node', given = [], imports, also, prints, replace = {} } = run;
      return {
        id: id.replaceAll('/', '-'),
        language: 'ts',
        environment,
        given,
        code: Object.entries(replace).reduce(
          (text, [from, to]) => text.replaceAll(from, to),
          [imports, code, also].filter(Boolean).join('\n'),
        ),
        prints,
      };
    });
  });
}

function sources(folder: string): string[] {
  return readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .sort();
}

/** Every text with code in it that people who use the SDK or the command read. */
export const TEXTS: readonly string[] = [
  'README.md',
  ...readdirSync(at('docs/guides'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/guides/${name}`),
];

/** All that is documented, whatever runs it. */
export function allBlocks(): Block[] {
  return [...TEXTS.flatMap(blocksOf), ...docCommentBlocks()];
}

/** Those of some environments that are run. */
export function runnable(...environments: Environment[]): Block[] {
  return allBlocks().filter(
    ({ environment, notRun }) => environments.includes(environment) && notRun === undefined,
  );
}

/** One pattern for all that a block prints. */
export function patternOf({ prints }: Block): RegExp {
  const lines = prints.map((line) =>
    line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`,
  );
  return new RegExp(`^${lines.join('')}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
