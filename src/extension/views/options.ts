import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConsentInquiry, ConsentResult } from '../account/account.ts';
import { parseServer } from '../account/server-address.ts';
import { type ServerTestState, testServer } from '../account/server-test.ts';
import type { BackgroundCalls } from '../background/calls.ts';
import { copyFromPage } from '../platform/clipboard.ts';
import { caller } from '../platform/messages.ts';
import { onPermissionsChanged, requestOrigin } from '../platform/permissions.ts';
import { openWelcome, version } from '../platform/product.ts';
import {
  hasShortcutsPage,
  openShortcutsPage,
  shortcuts as readShortcuts,
  type Shortcut,
} from '../platform/shortcuts.ts';
import { grantedOrigins, removeOrigin, requestNotifications } from '../platform/site-access.ts';
import { openShare } from '../platform/tabs.ts';
import { atServer } from './at-server.ts';
import type { View } from './client.ts';
import { diagnosticText } from './diagnostics.ts';
import { type Licence, readLicences } from './licences.ts';

/** What only the options need. */
export interface OptionsTools {
  version: string;
  /** Sites that the user has given access to. */
  sites: ReadonlySignal<readonly Site[]>;
  removeSite: (origin: string) => Promise<boolean>;
  shortcuts: ReadonlySignal<readonly Shortcut[]>;
  /** The browser has a page for them that can be opened from here. */
  shortcutsPage: boolean;
  openShortcutsPage: () => void;
  /** Call it first thing in a click. Resolves with the address when every step has passed. */
  testServer: (
    text: string,
    onState: (state: ServerTestState) => void,
  ) => Promise<string | undefined>;
  /**
   * Begins a sign-in on the service's own page, which is opened in a tab. Call it first thing in a
   * click.
   */
  askConsent: (inquiry: ConsentInquiry) => Promise<ConsentResult>;
  /** Call it first thing in a click. */
  allowNotifications: () => Promise<boolean>;
  copyDiagnostics: (view: View) => Promise<void>;
  licences: ReadonlySignal<readonly Licence[]>;
  loadLicences: () => Promise<void>;
  openWelcome: () => void;
}

export interface Site {
  /** Match pattern. */
  origin: string;
  /** As people read it. */
  label: string;
}

export function connectOptions(): OptionsTools {
  const sites = signal<readonly Site[]>([]);
  const shortcuts = signal<readonly Shortcut[]>([]);
  const licences = signal<readonly Licence[]>([]);

  const readSites = async () => {
    const origins = await grantedOrigins();
    sites.value = origins.map((origin) => ({ origin, label: origin.replace(/\/\*$/, '') }));
  };
  onPermissionsChanged(() => void readSites());
  void readSites();
  const readKeys = async () => {
    shortcuts.value = await readShortcuts();
  };
  void readKeys();
  // They are changed on another page.
  addEventListener('focus', () => void readKeys());

  return {
    version: version(),
    sites,
    async removeSite(origin) {
      const removed = await removeOrigin(origin).catch(() => false);
      await readSites();
      return removed;
    },
    shortcuts,
    shortcutsPage: hasShortcutsPage,
    openShortcutsPage: () => void openShortcutsPage(),
    async testServer(text, onState) {
      const address = parseServer(text);
      const granted =
        typeof address === 'string'
          ? Promise.resolve(false)
          : requestOrigin(address.origin).catch(() => false);
      return (await testServer(text, { granted, onState }))?.address;
    },
    async askConsent(inquiry) {
      const background = caller<BackgroundCalls>('background');
      const result = await atServer(inquiry.server, () =>
        background('account.askConsent', inquiry),
      );
      if (result.ok) void openShare(result.question.url);
      return result;
    },
    allowNotifications: () => requestNotifications().catch(() => false),
    async copyDiagnostics({ state, settings, actions }) {
      const { usage } = await navigator.storage.estimate();
      const text = diagnosticText({
        ...actions.program(),
        settings: settings.current.value,
        state: state.value,
        sites: sites.value.length,
        kept: usage,
      });
      await copyFromPage(text);
    },
    licences,
    async loadLicences() {
      if (licences.value.length === 0) licences.value = await readLicences();
    },
    openWelcome: () => void openWelcome(),
  };
}
