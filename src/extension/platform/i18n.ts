import { browser } from 'wxt/browser';
import type messages from '../../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

declare module 'wxt/browser' {
  interface WxtI18n {
    getMessage(key: MessageKey, substitutions?: string[]): string;
  }
}

/** A text in the browser's language. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return browser.i18n.getMessage(key, values.map(String));
}

export function language(): string {
  return browser.i18n.getUILanguage();
}
