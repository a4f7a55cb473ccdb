import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

const HOME = 'src/extension';

async function sources(): Promise<string> {
  const names = await readdir(HOME, { recursive: true });
  const files = names.filter((name) => /\.tsx?$/.test(name)).map((name) => `${HOME}/${name}`);
  const texts = await Promise.all(
    [...files, 'wxt.config.ts'].map((file) => readFile(file, 'utf8')),
  );
  return texts.join('\n');
}

describe('texts', () => {
  const entries = Object.entries<{ message: string; placeholders?: Record<string, object> }>(
    messages,
  );

  it('are all used', async () => {
    const code = await sources();
    const unused = entries
      .map(([key]) => key)
      .filter((key) => !code.includes(`'${key}'`) && !code.includes(`__MSG_${key}__`));
    expect(unused).toEqual([]);
  });

  it('name every placeholder that they use, and use every one that they name', () => {
    for (const [key, { message, placeholders = {} }] of entries) {
      const used = [...message.matchAll(/\$([A-Z]+)\$/g)].map(([, name]) => name?.toLowerCase());
      expect(new Set(used), key).toEqual(new Set(Object.keys(placeholders)));
    }
  });
});
