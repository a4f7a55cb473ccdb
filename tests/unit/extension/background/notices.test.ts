import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Notices,
  openNotices,
  placeOfNotice,
} from '../../../../src/extension/background/notices.ts';
import type { Job, JobState } from '../../../../src/extension/jobs/job.ts';
import type { Notice } from '../../../../src/extension/platform/notifications.ts';
import type { Settings } from '../../../../src/extension/settings/settings.ts';

vi.mock('../../../../src/extension/platform/i18n.ts', () => ({
  t: (key: string, ...values: string[]) => [key, ...values].join(' '),
  plural: (key: string, ...values: string[]) => [key, ...values].join(' '),
}));

const link = {
  sharename: 's1',
  fileid: '0',
  url: 'https://ge.tt/s1',
  target: { puturl: '', posturl: '' },
};
const job = (state: JobState, facts: Partial<Job> = {}): Job => ({
  id: 'j1',
  batch: 'b1',
  createdAt: Date.now(),
  source: { kind: 'picture', src: 'https://x.test/cat.jpg', pageTitle: '' },
  name: 'cat.jpg',
  state,
  ...facts,
});
const blocked: JobState = {
  name: 'waiting',
  reason: { kind: 'permission', origin: 'https://cdn.test/*', host: 'cdn.test' },
};
const interrupted: JobState = { name: 'waiting', reason: { kind: 'choose-again', why: 'closed' } };

let wanted: Settings['notifications'];
let seen: boolean;
let told: string[] | undefined;
let notices: Notices;
const shown: Notice[] = [];
const cleared: string[] = [];

const open = () =>
  openNotices({
    wanted: () => wanted,
    seen: async () => seen,
    show: async (notice) => void shown.push(notice),
    clear: async (id) => void cleared.push(id),
    reason: () => 'why',
    memory: { get: async () => told, set: async (ids) => void (told = ids) },
  });

beforeEach(async () => {
  wanted = 'done';
  seen = false;
  told = [];
  shown.length = 0;
  cleared.length = 0;
  notices = await open();
});
afterEach(() => vi.useRealTimers());

describe('a link', () => {
  it('is told when it was copied after a click on a page', async () => {
    await notices.linked(job({ name: 'announced', link }), true);
    expect(shown).toEqual([
      { id: link.url, title: 'linkCopied', text: 'noticeUploading ge.tt/s1 cat.jpg' },
    ]);
  });
  it('is told as ready when it could not be copied', async () => {
    await notices.linked(job({ name: 'announced', link }), false);
    expect(shown).toEqual([
      { id: link.url, title: 'noticeReady', text: 'noticeReadyText ge.tt/s1' },
    ]);
  });
  it('is told of selected text as of a picture', async () => {
    await notices.linked(job({ name: 'announced', link }, { source: { kind: 'text' } }), true);
    expect(shown).toMatchObject([{ id: link.url, title: 'linkCopied' }]);
  });
  it('is not told for files, which are chosen in a view', async () => {
    await notices.linked(job({ name: 'announced', link }, { source: { kind: 'file' } }), true);
    expect(shown).toEqual([]);
  });
});

describe('a finished share', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));

  it('takes the place of its link after more than ten seconds', async () => {
    const jobs = [job({ name: 'done', link }, { createdAt: Date.now() - 10_001, title: 'Summer' })];
    await notices.finished(jobs);
    expect(shown).toEqual([
      { id: link.url, title: 'noticeShared 1', text: 'noticeSharedText Summer ge.tt/s1' },
    ]);
  });
  it('is no news when it took less', async () => {
    await notices.finished([job({ name: 'done', link }, { createdAt: Date.now() - 10_000 })]);
    expect(shown).toEqual([]);
  });
});

describe('what needs somebody', () => {
  it('is told once, also to a background that starts again, and anew when it comes back', async () => {
    await notices.check([job(blocked)]);
    await notices.check([job(blocked)]);
    await (await open()).check([job(blocked)]);
    expect(shown).toEqual([{ id: 'row=b1', title: 'noticeProblem cat.jpg', text: 'why' }]);
    await notices.check([job({ name: 'sending', link })]);
    await notices.check([job(blocked)]);
    expect(shown).toHaveLength(2);
  });
  it('is not told while it is asked in another way', async () => {
    await notices.unless('j1', async () => {
      await notices.check([job(blocked)]);
      seen = true;
    });
    await notices.check([job(blocked)]);
    expect(shown).toEqual([]);
  });
  it('is one notice for all that the end of the browser has interrupted', async () => {
    told = undefined;
    const files = ['j1', 'j2'].map((id) => job(interrupted, { id, batch: id, name: `${id}.mov` }));
    notices = await open();
    await notices.check(files);
    expect(shown).toEqual([
      {
        id: 'interrupted',
        title: 'noticeInterrupted 2',
        text: 'noticeInterruptedText j1.mov',
      },
    ]);
  });
});

describe('nothing is told', () => {
  it('of what a view shows already', async () => {
    seen = true;
    await notices.linked(job({ name: 'announced', link }), true);
    await notices.check([job(blocked)]);
    expect(shown).toEqual([]);
  });
  it('but problems, if that is what was chosen, and nothing at all if not', async () => {
    wanted = 'problems';
    await notices.linked(job({ name: 'announced', link }), true);
    await notices.check([job(blocked)]);
    expect(shown).toHaveLength(1);
    wanted = 'none';
    await notices.check([job(blocked, { id: 'j2' })]);
    expect(shown).toHaveLength(1);
  });
  it('any longer once somebody looks', async () => {
    await notices.check([job(blocked)]);
    await notices.looked();
    expect(cleared).toEqual(['row=b1']);
  });
});

describe('a click on a notice', () => {
  it('opens the share, or the row that needs the user, and there is one notice for both', async () => {
    await notices.linked(job({ name: 'announced', link }), true);
    await notices.check([job({ ...blocked, link })]);
    expect(cleared).toEqual([link.url]);
    expect(shown.map(({ id }) => placeOfNotice(id))).toEqual([
      { share: link.url },
      { tab: 'row=b1' },
    ]);
    expect(placeOfNotice('interrupted')).toEqual({ tab: undefined });
  });
});
