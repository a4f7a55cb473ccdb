import { browser } from 'wxt/browser';
import type messages from '../../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** Texts that depend on a number: `files` stands for `files_one`, `files_other` and their like. */
export type PluralKey = MessageKey extends infer K
  ? K extends `${infer Name}_other`
    ? Name
    : never
  : never;

declare module 'wxt/browser' {
  interface WxtI18n {
    getMessage(key: string, substitutions?: string[]): string;
  }
}

/** A text in the browser's language. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return browser.i18n.getMessage(key, values.map(apart));
}

/**
 * A name or an address keeps its own direction in a text that runs from right to left.
 * https://www.w3.org/International/articles/inline-bidi-markup/
 */
function apart(value: string | number): string {
  return textDirection() === 'rtl' ? `\u2068${value}\u2069` : String(value);
}

/** Makes something once for each key: formatters take far longer to make than to use. */
export function kept<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

const pluralRules = kept((language: string) => new Intl.PluralRules(language));
const counts = kept((language: string) => new Intl.NumberFormat(language));
const percents = kept((language: string) => new Intl.NumberFormat(language, { style: 'percent' }));

/**
 * A text about so many things. Browsers' catalogues know no plurals, so every category that a
 * language has is a message of its own: `files_one`, `files_few`, `files_other`.
 * https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
export function plural(key: PluralKey, count: number, ...values: (string | number)[]): string {
  const form = pluralRules(language()).select(count);
  const texts = [counts(language()).format(count), ...values.map(apart)];
  return (
    browser.i18n.getMessage(`${key}_${form}`, texts) ||
    browser.i18n.getMessage(`${key}_other`, texts)
  );
}

/** `48%`, `48 %`, `٪48`: as the language writes it. */
export function formatPercent(fraction: number): string {
  return percents(language()).format(fraction);
}

let found: string | undefined;

/** The language of the texts, in the user's own variety where there is one: `en-GB`. */
export function language(): string {
  found ??= findLanguage();
  return found;
}

function findLanguage(): string {
  const texts = t('languageTag');
  const ui = browser.i18n.getUILanguage();
  return ui.split('-')[0] === texts.split('-')[0] ? ui : texts;
}

export function textDirection(): string {
  return browser.i18n.getMessage('textDirection');
}
