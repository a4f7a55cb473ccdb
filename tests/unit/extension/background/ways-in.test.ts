import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Intake } from '../../../../src/extension/background/intake.ts';
import { retake } from '../../../../src/extension/background/snapshots.ts';
import { createWaysIn } from '../../../../src/extension/background/ways-in.ts';
import type { Captured } from '../../../../src/extension/capture/picture.ts';
import type { FailureCode, Job } from '../../../../src/extension/jobs/job.ts';
import { letChooseArea } from '../../../../src/extension/platform/area.ts';
import type { MenuChoice, ScreenshotShape } from '../../../../src/extension/platform/menu.ts';
import {
  beginLongPicture,
  bringToFront,
  pictureOfTab,
} from '../../../../src/extension/platform/screenshot.ts';

const tab = { id: 7, windowId: 1, title: 'Page', private: false };
vi.mock('../../../../src/extension/platform/i18n.ts', () => ({ t: (key: string) => key }));
vi.mock('../../../../src/extension/platform/tabs.ts', () => ({}));
vi.mock('../../../../src/extension/platform/page-text.ts', () => ({
  selectedText: async () => 'Over the hill.',
}));
vi.mock('../../../../src/extension/platform/area.ts', () => ({ letChooseArea: vi.fn() }));
vi.mock('../../../../src/extension/platform/screenshot.ts', () => ({
  frontTab: async () => tab,
  tabOf: async () => ({ ...tab, inFront: false }),
  bringToFront: vi.fn(),
  // What the browser refuses is told from what is asked of it.
  pictureOfTab: vi.fn(async () => Promise.reject(new Error('no access'))),
  beginLongPicture: vi.fn(async () => Promise.reject(new Error('no script'))),
}));

const intake = {
  files: vi.fn<Intake['files']>(),
  picture: vi.fn<Intake['picture']>(),
  capture: vi.fn<Intake['capture']>(),
  replace: vi.fn<Intake['replace']>(),
  reread: vi.fn<Intake['reread']>(),
};
const waysIn = createWaysIn({ intake, find: vi.fn(), format: () => 'png' });
const page = { tabId: 7, frameId: 0, url: 'https://site.test/', title: 'Page', private: false };
const area = {
  rect: { x: 0, y: 0, width: 9, height: 9 },
  window: { width: 90, height: 90 },
};

beforeEach(() => vi.clearAllMocks());

describe('a right-click', () => {
  it.each<[string, MenuChoice, () => unknown]>([
    ['text', { kind: 'text', text: 'hill', page }, () => intake.files.mock.calls[0]?.[0].clicked],
    [
      'a picture',
      { kind: 'media', media: 'image', src: 'https://site.test/cat.png', page },
      () => intake.picture.mock.calls[0]?.[1],
    ],
    [
      'a screenshot',
      { kind: 'screenshot', shape: 'visible', page },
      () => intake.capture.mock.calls[0]?.[0].clicked,
    ],
    [
      'an area',
      { kind: 'screenshot', shape: 'area', page },
      () => vi.mocked(letChooseArea).mock.calls[0]?.[1].clicked,
    ],
  ])('is noted with %s', async (_what, choice, noted) => {
    await waysIn.chosen(choice);
    expect(noted()).toBe(true);
  });

  it('is still known when the area has been chosen', async () => {
    await waysIn.areaChosen(area, tab, { clicked: true });
    expect(intake.capture.mock.calls[0]?.[0]).toMatchObject({ clicked: true });
  });

  it('is no key, no button and no picture that is dragged into a view', async () => {
    await waysIn.pressed('screenshot-area', 7);
    expect(letChooseArea).toHaveBeenCalledExactlyOnceWith(7, { clicked: false });
    await waysIn.screenshot('visible');
    expect(intake.capture.mock.calls[0]?.[0].clicked).toBe(false);
    await waysIn.pictureDropped('https://site.test/cat.png');
    expect(intake.picture.mock.calls[0]?.[1]).toBeUndefined();
  });
});

describe('a picture of a page that failed', () => {
  const again = (
    shape: ScreenshotShape | undefined,
    code: FailureCode = 'page-hidden',
  ): Promise<Captured | undefined> => {
    const job: Job = {
      id: 'j1',
      batch: 'j1',
      createdAt: 1,
      source: { kind: 'screenshot', tabId: 7, ...(shape && { shape }) },
      name: 'Page.png',
      state: { name: 'failed', failure: { code, detail: '' } },
    };
    return retake(job, 'png');
  };

  it.each(['area', undefined] as const)('of shape %s is chosen anew', async (shape) => {
    expect(await again(shape)).toBeUndefined();
    expect(bringToFront).toHaveBeenCalledWith(7);
    expect(letChooseArea).toHaveBeenCalledExactlyOnceWith(7, { clicked: false, again: 'j1' });
    expect(pictureOfTab).not.toHaveBeenCalled();
  });

  it('of a full page is one of a full page again', async () => {
    expect(await again('full')).toMatchObject({ failure: { code: 'page-forbids-script' } });
    expect(beginLongPicture).toHaveBeenCalledOnce();
    expect(pictureOfTab).not.toHaveBeenCalled();
  });

  it.each<[ScreenshotShape, FailureCode]>([
    ['visible', 'page-hidden'],
    ['area', 'page-forbids-script'],
    ['full', 'page-forbids-script'],
  ])('of shape %s shows the window after %s', async (shape, code) => {
    expect(await again(shape, code)).toMatchObject({ failure: { code: 'page-hidden' } });
    expect(pictureOfTab).toHaveBeenCalledOnce();
  });

  it('becomes the part that is chosen', async () => {
    await waysIn.areaChosen(area, tab, { clicked: false, again: 'j1' });
    expect(intake.capture.mock.calls[0]?.[0]).toMatchObject({
      again: 'j1',
      source: { kind: 'screenshot', tabId: 7, shape: 'area' },
    });
  });
});
