import { IN_PROGRESS } from './in-progress.ts';
import type { Screen } from './stage.ts';
import { account, job, RECENT, SERVER, state, TOWER } from './states.ts';

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
    answers: { 'view.open': state({ account: { status: 'signed-out', server: SERVER } }) },
  },
  {
    name: 'popup-signed-out-kept',
    page: 'popup.html',
    answers: {
      'view.open': state({
        account: { status: 'signed-out', server: SERVER },
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
    name: 'options',
    page: 'options.html',
    answers: { 'view.open': state() },
  },
];
