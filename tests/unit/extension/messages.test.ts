import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const CATALOGUES = 'public/_locales';
const SOURCES = ['src/extension', 'entrypoints'];

/** Languages the extension comes in; the folder names are the browsers' own. */
const LANGUAGES = ['ar', 'da', 'de', 'en', 'es', 'fr', 'ja'];

interface Message {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}

type Catalogue = Record<string, Message>;

const read = async (locale: string): Promise<Catalogue> =>
  JSON.parse(await readFile(`${CATALOGUES}/${locale}/messages.json`, 'utf8'));

const english = await read('en');
const catalogues = await Promise.all(
  LANGUAGES.map(async (locale) => ({ locale, texts: await read(locale) })),
);

/** What stands around a name of something on the screen. */
const QUOTES: Record<string, readonly [string, string]> = {
  ar: ['«', '»'],
  da: ['”', '”'],
  de: ['„', '“'],
  en: ['“', '”'],
  es: ['«', '»'],
  fr: ['«', '»'],
  ja: ['「', '」'],
};

const PLURAL = /^(.+)_(zero|one|two|few|many|other)$/;

/** `files` for `files_one`; the key itself for a text that no number decides. */
const nameOf = (key: string) => PLURAL.exec(key)?.[1] ?? key;

async function code(): Promise<string> {
  const files = await Promise.all(
    SOURCES.map(async (home) =>
      (await readdir(home, { recursive: true })).map((name) => `${home}/${name}`),
    ),
  );
  const sources = files.flat().filter((name) => /\.tsx?$/.test(name));
  const texts = await Promise.all(
    [...sources, 'wxt.config.ts'].map((file) => readFile(file, 'utf8')),
  );
  return texts.join('\n');
}

describe('texts', () => {
  it('are all used', async () => {
    const all = await code();
    const unused = Object.keys(english)
      .map(nameOf)
      .filter((name) => !all.includes(`'${name}'`) && !all.includes(`__MSG_${name}__`));
    expect(unused).toEqual([]);
  });

  it('come in every language that there is a folder for', async () => {
    expect((await readdir(CATALOGUES)).toSorted()).toEqual(LANGUAGES);
  });

  describe.each(catalogues)('in $locale', ({ locale, texts }) => {
    it('say in the catalogue itself which language it is', () => {
      expect(texts['languageTag']?.message).toBe(locale);
      expect(texts['textDirection']?.message).toBe(locale === 'ar' ? 'rtl' : 'ltr');
    });

    it('are the same ones as in English, neither more nor fewer', () => {
      const names = (catalogue: Catalogue) => [...new Set(Object.keys(catalogue).map(nameOf))];
      expect(names(texts).toSorted()).toEqual(names(english).toSorted());
    });

    it('have every plural form of the language', () => {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const counted = Object.keys(english).filter((key) => key.endsWith('_other'));
      const missing = counted
        .flatMap((key) => forms.map((form) => `${nameOf(key)}_${form}`))
        .filter((key) => !(key in texts));
      expect(missing).toEqual([]);
    });

    it('use the placeholders of the English text, and name each one that they use', () => {
      for (const [key, { message, placeholders = {} }] of Object.entries(texts)) {
        const used = new Set(
          [...message.matchAll(/\$([A-Z]+)\$/g)].map(([, name]) => name?.toLowerCase()),
        );
        expect(used, key).toEqual(new Set(Object.keys(placeholders)));
        const original = english[`${nameOf(key)}_other`] ?? english[key];
        // "1 file" may leave the number to the word; nothing else may be lost.
        const expected = Object.values(original?.placeholders ?? {}).map(({ content }) => content);
        const given = Object.values(placeholders).map(({ content }) => content);
        const optional = PLURAL.test(key) ? ['$1'] : [];
        expect(
          given.filter((content) => !expected.includes(content)),
          key,
        ).toEqual([]);
        expect(
          expected.filter((content) => !given.includes(content) && !optional.includes(content)),
          key,
        ).toEqual([]);
      }
    });

    it('are set as the language is: its own quotes, apostrophes and spaces, no percentage by hand', () => {
      const [open, close] = QUOTES[locale] ?? [];
      for (const [key, { message }] of Object.entries(texts)) {
        expect(message, key).not.toMatch(/["']|\$ ?[%٪]/);
        const marks =
          message.replaceAll(/(?<=[\p{L}$])’(?=\p{L})/gu, '').match(/[“”„‟«»「」‘’]/g) ?? [];
        const pairs = Array.from({ length: marks.length / 2 }, () => [open, close]).flat();
        expect(marks, key).toEqual(pairs);
        if (locale === 'fr')
          expect(message, key).not.toMatch(
            /(?<!\u202F)[;?!]|«(?!\u00A0)|(?<![\u00A0\d])(»|:(?!\/\/))/,
          );
        if (locale === 'ja') expect(message, key).not.toMatch(/[?()]/);
      }
    });

    it('have text, and no space around it', () => {
      for (const [key, { message }] of Object.entries(texts)) {
        expect(message.trim(), key).toBe(message);
        expect(message, key).not.toBe('');
      }
    });
  });
});
