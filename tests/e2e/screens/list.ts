import { IN_PROGRESS } from './in-progress.ts';
import { SERVICES } from './services.ts';
import type { Screen } from './stage.ts';
import {
  account,
  item,
  job,
  NOW,
  RECENT,
  SEVERAL,
  SIGNED_OUT,
  share,
  state,
  storage,
  TOWER,
} from './states.ts';
import { doubleText, mirror, openMenu, searchFor, toTheTop } from './steps.ts';

/**
 * Every screen and state of the extension. A new one is an entry here: it is then drawn by
 * `npm run screens`, compared with its reference and held to the rules of accessibility.
 */
export const SCREENS: readonly Screen[] = [
  {
    name: 'popup-first-opening',
    page: 'popup.html',
    answers: { 'view.open': state({ loaded: false }) },
  },
  {
    name: 'popup-empty',
    page: 'popup.html',
    answers: { 'view.open': state() },
  },
  {
    name: 'popup-recent',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
  },
  {
    name: 'popup-signed-out',
    page: 'popup.html',
    answers: { 'view.open': state({ account: SIGNED_OUT }) },
    after: (page) => page.getByLabel('E-mail').waitFor(),
  },
  {
    name: 'popup-signed-out-kept',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: SIGNED_OUT,
        jobs: [
          job({
            name: 'lighthouse.webp',
            thumbnail: TOWER,
            state: 'waiting',
            reason: { kind: 'sign-in' },
          }),
        ],
      }),
    },
    after: (page) => page.getByLabel('E-mail').waitFor(),
  },
  {
    name: 'popup-sign-in-ended',
    page: 'popup.html',
    answers: { 'view.open': state({ account: account({ status: 'ended' }), shares: RECENT }) },
    after: (page) => page.locator('#sign-in-password').waitFor(),
  },
  {
    name: 'popup-server-down',
    page: 'popup.html',
    answers: { 'view.open': state({ reachable: false, shares: RECENT }) },
  },
  ...IN_PROGRESS,
  {
    name: 'popup-row-menu',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    after: openMenu('invoice-2026-014.pdf'),
  },
  {
    name: 'popup-row-menu-copy-as',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    async after(page) {
      await openMenu('Summer 2025')(page);
      await page.getByRole('menuitem', { name: 'Copy as' }).click();
    },
  },
  {
    name: 'popup-row-menu-short-list',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT.slice(0, 1) }) },
    after: openMenu('lake-at-dusk.jpg'),
  },
  {
    name: 'popup-rename',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }), 'share.rename': 'never' },
    async after(page) {
      await openMenu('Summer 2025')(page);
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByLabel('New name of Summer 2025').waitFor();
    },
  },
  {
    name: 'popup-rename-refused',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }), 'share.rename': 'network' },
    async after(page) {
      await openMenu('Summer 2025')(page);
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByLabel('New name').fill('Autumn');
      await page.getByLabel('New name').press('Enter');
      await page.getByText('It keeps its old name').waitFor();
    },
  },
  {
    name: 'popup-qr',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    async after(page) {
      await openMenu('Summer 2025')(page);
      await page.getByRole('menuitem', { name: 'Show QR code' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'popup-copied',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: RECENT, copied: { url: RECENT[0]?.url ?? '', at: NOW } }),
    },
  },
  {
    name: 'popup-deleted',
    page: 'popup.html',
    answers: {
      'view.open': state({
        shares: RECENT,
        removals: [
          {
            key: RECENT[1]?.sharename ?? '',
            kind: 'share',
            label: 'invoice-2026-014.pdf',
            due: NOW + 6_000,
          },
        ],
      }),
      'removal.hold': undefined,
    },
  },
  {
    name: 'popup-delete-refused',
    page: 'popup.html',
    answers: {
      'view.open': state({
        shares: RECENT,
        refused: [{ sharename: RECENT[1]?.sharename ?? '', problem: 'network' }],
      }),
    },
  },
  {
    name: 'popup-search-found',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: RECENT }),
      'shares.find': { shares: RECENT.slice(2, 3), total: 1, complete: true },
    },
    after: searchFor('beach'),
  },
  {
    name: 'popup-searching',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: RECENT, more: true }),
      'shares.find': { shares: RECENT.slice(2, 3), total: 1, complete: false },
      'shares.readAll': 'never',
    },
    async after(page) {
      await searchFor('beach')(page);
      await page.locator('.search-state', { hasText: 'Reading older shares…' }).waitFor();
    },
  },
  {
    name: 'popup-search-none',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: RECENT }),
      'shares.find': { shares: [], total: 0, complete: true },
    },
    after: searchFor('holiday in Norway'),
  },
  {
    name: 'popup-show-more',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: RECENT, more: true }),
      'shares.find': 'never',
    },
    async after(page) {
      await page.getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'popup-nearly-full',
    page: 'popup.html',
    answers: { 'view.open': state({ account: storage(1_860_000_000), shares: RECENT }) },
  },
  {
    name: 'popup-storage-full',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: storage(1_996_000_000),
        shares: RECENT,
        jobs: [
          job({
            name: 'beach.mov',
            size: 440_000_000,
            state: 'waiting',
            reason: { kind: 'storage' },
          }),
        ],
      }),
    },
  },
  {
    name: 'popup-more-storage',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: storage(2_000_000_000, 'https://example.org/storage'),
        shares: RECENT.slice(0, 2),
      }),
    },
  },
  {
    name: 'popup-copying-offered',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT.slice(0, 2), mayCopy: false }) },
  },
  {
    name: 'popup-long-names',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: account({
          profile: {
            email: 'maria-magdalena.von-und-zu-hohenlohe@students.example-university.edu',
            name: 'Maria',
            storage: { used: 12_345, limit: 2_000_000_000 },
          },
        }),
        shares: [
          share('صور من الرحلة الأخيرة إلى الجبال في فصل الشتاء البارد.jpeg', 9, { downloads: 7 }),
          share('とても長い名前のファイルがここにあります、最後まで読めますか.pdf', 95),
          share('x'.repeat(180), 60 * 24 * 9),
        ],
      }),
    },
  },
  {
    name: 'popup-right-to-left',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    after: mirror,
  },
  {
    name: 'popup-text-200',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    after: doubleText,
  },
  {
    name: 'tab-empty',
    page: 'share.html',
    answers: { 'view.open': state() },
  },
  {
    name: 'tab-recent',
    page: 'share.html',
    answers: { 'view.open': state({ shares: RECENT }) },
  },
  {
    name: 'popup-account-menu',
    page: 'popup.html',
    answers: { 'view.open': state({ accounts: SEVERAL, shares: RECENT }) },
    after: (page) => page.getByLabel('Account: ').click(),
  },
  {
    name: 'popup-sign-out-question',
    page: 'popup.html',
    answers: { 'view.open': state({ accounts: [item({ waiting: 2 })], shares: RECENT }) },
    async after(page) {
      await page.getByLabel('Account: ').click();
      await page.getByRole('button', { name: 'Sign out' }).click();
    },
  },
  ...SERVICES,
  {
    name: 'welcome',
    page: 'welcome.html',
    answers: { 'view.open': state({ account: SIGNED_OUT }) },
  },
  {
    name: 'tab-select',
    page: 'share.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    async after(page) {
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByLabel('Select Summer 2025').check();
      await page.getByLabel('Select lighthouse.webp').check();
    },
  },
  {
    name: 'tab-free-up-space',
    page: 'share.html',
    hash: '#free',
    answers: {
      'view.open': state({ account: storage(2_000_000_000), shares: RECENT }),
      'shares.find': {
        shares: [RECENT[2], RECENT[0]].flatMap((share) => share ?? []),
        total: 2,
        complete: true,
      },
    },
    async after(page) {
      // All shares are there until the largest have been found.
      await page.waitForFunction(() => document.querySelectorAll('.shares-tab li').length === 2);
    },
  },
  {
    name: 'tab-add-files',
    page: 'share.html',
    hash: `#add=${RECENT[2]?.sharename}&url=${RECENT[2]?.url}&label=${RECENT[2]?.title}`,
    answers: { 'view.open': state({ shares: RECENT }) },
  },
  {
    name: 'tab-right-to-left',
    page: 'share.html',
    answers: { 'view.open': state({ shares: RECENT }) },
    after: mirror,
  },
  {
    name: 'options',
    page: 'options.html',
    answers: { 'view.open': state() },
  },
  {
    name: 'options-signed-out',
    page: 'options.html',
    answers: { 'view.open': state({ account: SIGNED_OUT }) },
  },
  {
    name: 'options-several-accounts',
    page: 'options.html',
    answers: { 'view.open': state({ accounts: SEVERAL }) },
    async after(page) {
      await page.getByRole('button', { name: 'Add account' }).last().click();
      await page.getByLabel('Service').selectOption('bridge');
      await toTheTop(page);
    },
  },
  {
    name: 'options-narrow',
    page: 'options.html',
    size: { width: 360 },
    answers: { 'view.open': state({ accounts: SEVERAL }) },
  },
];
