import type { Page } from '@playwright/test';
import type { Screen } from './stage.ts';
import { account, BEN, BOBA, item, JSMITH, job, RECENT, share, state, unlinked } from './states.ts';
import { toTheTop } from './steps.ts';

/** Begins to sign in at SmartFile on its own page. */
async function askConsent(page: Page): Promise<void> {
  await page.getByLabel('Service').selectOption('smartfile');
  await page.getByLabel('On SmartFile’s own page (OAuth)').check();
  await page.getByLabel('Client token of your app').fill('c2hhcmluZyB0b2dldGhlcg');
  await page.getByLabel('Client secret of your app').fill('not to be seen');
  await page.getByRole('button', { name: 'Continue at SmartFile' }).click();
}

/** What other services than Ge.tt look like. */
export const SERVICES: readonly Screen[] = [
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
    after: (page) =>
      page
        .getByRole('button', { name: /^Download/ })
        .last()
        .waitFor(),
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
    after: (page) => page.getByLabel('File on the server').waitFor(),
  },
  {
    name: 'popup-smartfile',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: account({ service: 'smartfile', profile: BOBA }),
        accounts: [item({ service: 'smartfile', profile: BOBA })],
        shares: RECENT,
        jobs: [
          unlinked(job({ name: 'harbour.jpg', link: 'last' })),
          unlinked(
            job({
              name: 'film.mkv',
              link: 'last',
              state: 'waiting',
              reason: { kind: 'storage' },
            }),
          ),
        ],
      }),
    },
    after: (page) => page.getByText('There is no room left').first().waitFor(),
  },
  {
    name: 'popup-smartfile-ended',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: account({ status: 'ended', service: 'smartfile', profile: BOBA }),
        accounts: [item({ service: 'smartfile', profile: BOBA, ended: true })],
        shares: RECENT,
      }),
    },
    after: (page) => page.getByRole('button', { name: 'Sign in again' }).waitFor(),
  },
  {
    name: 'options-add-account',
    page: 'options.html',
    hash: '#add-account',
    answers: { 'view.open': state() },
    async after(page) {
      await page.getByRole('link', { name: 'Create account' }).waitFor();
      await toTheTop(page);
    },
  },
  {
    name: 'options-smartfile',
    page: 'options.html',
    hash: '#add-account',
    answers: { 'view.open': state(), 'account.signIn': { ok: false, problem: 'wrong-password' } },
    async after(page) {
      await page.getByLabel('Service').selectOption('smartfile');
      await page.getByLabel('User name, or key of the API').fill('bobafett');
      await page.getByLabel('Password, or password of the key').fill('not to be seen');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('SmartFile does not accept').waitFor();
      await toTheTop(page);
    },
  },
  {
    name: 'options-consent',
    page: 'options.html',
    hash: '#add-account',
    answers: {
      'view.open': state(),
      'account.askConsent': { ok: false, problem: 'wrong-password' },
    },
    async after(page) {
      await askConsent(page);
      await page.getByText('SmartFile does not know this app.').waitFor();
      await toTheTop(page);
    },
  },
  {
    name: 'options-consent-code',
    page: 'options.html',
    hash: '#add-account',
    answers: {
      'view.open': state(),
      'account.askConsent': {
        ok: true,
        question: { url: 'about:blank', request: { token: 'a', secret: 'b' } },
      },
    },
    async after(page) {
      await askConsent(page);
      await page.locator('#add-code').waitFor();
      // It has opened before the page that the service would show.
      await page.bringToFront();
      await toTheTop(page);
    },
  },
];
