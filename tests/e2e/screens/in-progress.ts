import type { ProgressNews } from '../../../src/extension/background/calls.ts';
import type { JobView } from '../../../src/extension/background/view-state.ts';
import type { Failure } from '../../../src/extension/jobs/job.ts';
import type { Screen } from './stage.ts';
import { CITY, job, LAKE, NOW, RECENT, state, TOWER } from './states.ts';
import { openMenu } from './steps.ts';

const MB = 1_000_000;

const FILM = {
  name: 'The harbour at dawn, second part.mov',
  id: 'film',
  size: 440 * MB,
} as const;

const moving = (id: string, sent: number, over: object = {}): ProgressNews => ({
  id,
  phase: 'sending',
  sent,
  total: undefined,
  from: 0,
  ...over,
});

/** Five files of one share, two of them sent. */
const SEVERAL: JobView[] = [
  job({ id: 'b1', name: 'beach.mov', size: 440 * MB, batch: 'summer', thumbnail: LAKE }),
  job({ id: 'b2', name: 'harbour.jpg', size: 3.2 * MB, batch: 'summer', state: 'done' }),
  job({ id: 'b3', name: 'notes.txt', size: 900, batch: 'summer', state: 'done' }),
  job({ id: 'b4', name: 'dunes.mov', size: 120 * MB, batch: 'summer', state: 'announced' }),
  job({ id: 'b5', name: 'gulls.wav', size: 40 * MB, batch: 'summer', state: 'announced' }),
];

const UNKNOWN = job({
  name: 'beach.mov',
  size: 440 * MB,
  state: 'failed',
  failure: { code: 'unknown', detail: 'invalid-answer, HTTP 200, POST /files/*/create' },
});

const waiting = (name: string, reason: JobView['reason'], over: Partial<JobView> = {}) =>
  job({ name, state: 'waiting', ...(reason && { reason }), ...over });

const failed = (name: string, failure: Omit<Failure, 'detail'>, over: Partial<JobView> = {}) =>
  job({ name, state: 'failed', failure: { detail: '', ...failure }, ...over });

const popup = (name: string, jobs: JobView[], over: Partial<Screen> = {}): Screen => ({
  name,
  page: 'popup.html',
  answers: { 'view.open': state({ jobs }) },
  ...over,
});

/** Shares on their way, and everything that can stand in their way. */
export const IN_PROGRESS: readonly Screen[] = [
  popup(
    'progress-several',
    [
      ...SEVERAL,
      job({ id: 'tower', name: 'lighthouse.webp', thumbnail: TOWER, state: 'announced' }),
    ],
    {
      answers: {
        'view.open': state({
          jobs: [
            ...SEVERAL,
            job({ id: 'tower', name: 'lighthouse.webp', thumbnail: TOWER, state: 'announced' }),
          ],
          shares: RECENT.slice(0, 2),
        }),
      },
      progress: [moving('b1', 212 * MB, { speed: 1.2 * MB })],
      after: (page) => page.locator('.files summary').click(),
    },
  ),
  popup(
    'progress-goes-on',
    [
      job(FILM),
      job({ id: 'check', name: 'beach.mov', size: 440 * MB }),
      job({ id: 'end', name: 'paper-city.png', thumbnail: CITY, state: 'finishing' }),
      job({ id: 'ready', name: 'lake-at-dusk.jpg', thumbnail: LAKE, state: 'done' }),
    ],
    {
      progress: [
        moving('film', 240 * MB, { from: 200 * MB, speed: 4.4 * MB }),
        moving('check', 60 * MB, { phase: 'checking', total: 132 * MB }),
      ],
    },
  ),
  popup('progress-paused', [
    job({ ...FILM, state: 'paused', sent: 212 * MB }),
    job({ name: 'lake-at-dusk.jpg', thumbnail: LAKE, state: 'paused' }),
  ]),
  popup('progress-tries', [
    waiting(
      'beach.mov',
      { kind: 'network', retryAt: NOW + 12_000 },
      {
        size: 440 * MB,
        sent: 211 * MB,
        tries: 2,
      },
    ),
    waiting('invoice.pdf', { kind: 'server', retryAt: NOW + 30_000 }, { tries: 1 }),
    waiting('notes.txt', { kind: 'network' }, { tries: 4 }),
  ]),
  popup('progress-choose-again', [
    waiting(FILM.name, { kind: 'choose-again', why: 'closed' }, { size: FILM.size }),
    waiting('beach.mov', { kind: 'choose-again', why: 'other' }, { size: 440 * MB }),
    waiting('dunes.mov', { kind: 'choose-again', why: 'changed' }),
  ]),
  popup('progress-no-room', [
    waiting('beach.mov', { kind: 'storage', free: 120 * MB }, { size: 440 * MB }),
    ...SEVERAL.map((each) =>
      each.state === 'announced' ? { ...each, state: 'paused' as const } : each,
    ).slice(1),
  ]),
  popup('progress-refusals', [
    failed('dunes.png', { code: 'page-left' }, { page: 'https://example.org/dunes' }),
    failed('harbour.jpg', { code: 'share-gone' }),
  ]),
  popup('progress-too-large', [
    failed('whole-disk.img', { code: 'too-large', limit: 2_000 * MB }, { size: 10_000 * MB }),
    waiting('gulls.wav', { kind: 'server', retryAt: NOW + 30_000, diskFull: true }, { tries: 1 }),
  ]),
  popup('progress-done-menu', [job({ ...FILM, state: 'done' })], {
    after: openMenu(FILM.name),
  }),
  popup('progress-unknown', [UNKNOWN]),
  popup('progress-details', [UNKNOWN], {
    async after(page) {
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByRole('dialog').waitFor();
    },
  }),
  popup('progress-row-menu', [job(FILM)], {
    progress: [moving('film', 240 * MB, { speed: 4.4 * MB })],
    after: openMenu(FILM.name),
  }),
  popup('progress-rename', [job(FILM)], {
    progress: [moving('film', 240 * MB, { speed: 4.4 * MB })],
    async after(page) {
      await openMenu(FILM.name)(page);
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByLabel('New name').waitFor();
    },
  }),
  popup('progress-offline', [], {
    answers: {
      'view.open': state({
        online: false,
        jobs: [
          waiting('beach.mov', { kind: 'offline' }, { size: 440 * MB, sent: 211 * MB }),
          { ...unlinked('lake-at-dusk.jpg'), thumbnail: LAKE },
          unlinked('notes.txt'),
        ],
        shares: RECENT.slice(0, 2),
      }),
    },
  }),
  {
    name: 'tab-progress',
    page: 'share.html',
    answers: { 'view.open': state({ jobs: [...SEVERAL, job(FILM)], shares: RECENT }) },
    progress: [moving('b1', 212 * MB, { speed: 1.2 * MB }), moving('film', 12 * MB)],
  },
];

/** Given while there is no network. */
function unlinked(name: string): JobView {
  const { url: _url, sharename: _sharename, ...rest } = waiting(name, { kind: 'offline' });
  return rest;
}
