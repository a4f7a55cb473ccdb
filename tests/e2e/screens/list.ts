import { IN_PROGRESS } from './in-progress.ts';
import type { Screen } from './stage.ts';
import {
  account,
  BEN,
  item,
  JSMITH,
  job,
  RECENT,
  SEVERAL,
  SIGNED_OUT,
  share,
  state,
  TOWER,
  unlinked,
} from './states.ts';

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
  },
  {
    name: 'popup-sign-in-ended',
    page: 'popup.html',
    answers: { 'view.open': state({ account: account({ status: 'ended' }), shares: RECENT }) },
  },
  {
    name: 'popup-server-down',
    page: 'popup.html',
    answers: { 'view.open': state({ reachable: false, shares: RECENT }) },
  },
  ...IN_PROGRESS,
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
  {
    name: 'popup-bridge',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: account({ service: 'bridge', profile: BEN }),
        accounts: [item({ service: 'bridge', profile: BEN })],
        shares: RECENT.map(({ sharename, files }) => ({ sharename, files })),
        jobs: [unlinked(job({ name: 'harbour.jpg', link: 'never' }))],
      }),
    },
  },
  {
    name: 'popup-jetstream',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: account({ service: 'jetstream', profile: JSMITH }),
        accounts: [item({ service: 'jetstream', profile: JSMITH })],
        shares: [
          share('readme.txt', 20, { url: 'jetstream://files.example.org/download?token=A' }),
        ],
      }),
    },
  },
  {
    name: 'welcome',
    page: 'welcome.html',
    answers: { 'view.open': state({ account: SIGNED_OUT }) },
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
    },
  },
  {
    name: 'options-narrow',
    page: 'options.html',
    size: { width: 360 },
    answers: { 'view.open': state({ accounts: SEVERAL }) },
  },
];
