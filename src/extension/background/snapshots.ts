import { clean } from '../capture/name.ts';
import type { Captured } from '../capture/picture.ts';
import { cut, stitch, whole } from '../capture/screenshot.ts';
import type { FailureCode, Job } from '../jobs/job.ts';
import { traceOf } from '../jobs/trace.ts';
import type { ChosenArea } from '../overlay/area.ts';
import { type AreaOrder, letChooseArea } from '../platform/area.ts';
import { t } from '../platform/i18n.ts';
import type { PageTab } from '../platform/messages.ts';
import {
  beginLongPicture,
  bringToFront,
  endLongPicture,
  findPicture,
  pictureOfTab,
  scrollPage,
  tabOf,
} from '../platform/screenshot.ts';
import type { Settings } from '../settings/settings.ts';

type Format = Settings['screenshotType'];

/** What a picture of a page is called. */
export function nameOfPicture(title: string, format: Format): string {
  return `${clean(title) || t('screenshotName')}.${format === 'jpeg' ? 'jpg' : format}`;
}

/** What the window shows of a tab, which is brought to the front for it. */
export async function visiblePart(tabId: number, format: Format): Promise<Captured> {
  const tab = await tabOf(tabId);
  if (!tab) return failed('page-left', 'The tab has been closed.');
  return taking(async () => {
    if (!tab.inFront) await bringToFront(tabId);
    return {
      kind: 'picture',
      name: nameOfPicture(tab.title, format),
      bytes: await whole(await pictureOfTab(tab), `image/${format}`),
    };
  });
}

export function chosenPart(area: ChosenArea, tab: PageTab, format: Format): Promise<Captured> {
  return taking(async () => ({
    kind: 'picture',
    name: nameOfPicture(tab.title, format),
    bytes: await cut(await pictureOfTab(tab), area, `image/${format}`),
  }));
}

/** The page from its beginning to its end, or as much of it as fits into a picture. */
export async function fullPage(tab: PageTab, format: Format): Promise<Captured> {
  let size: Awaited<ReturnType<typeof beginLongPicture>>;
  try {
    size = await beginLongPicture(tab.id);
  } catch (error) {
    return failed('page-forbids-script', traceOf(error));
  }
  return taking(async () => {
    try {
      const picture = await stitch({
        ...size,
        type: `image/${format}`,
        scroll: (top) => scrollPage(tab.id, top),
        picture: () => pictureOfTab(tab),
      });
      const title = clean(tab.title) || t('screenshotName');
      const name = nameOfPicture(picture.whole ? title : t('screenshotTopPart', title), format);
      return { kind: 'picture', name, bytes: picture.bytes };
    } finally {
      await endLongPicture(tab.id);
    }
  });
}

/** A picture of a page as the window shows it: for where its bytes may not be read. */
export async function pictureAsShown(
  { src, page }: { src: string; page?: { tabId: number; frameId: number } },
  name: string,
  format: Format,
): Promise<Captured> {
  const tab = page && (await tabOf(page.tabId));
  if (!tab || !page) return failed('page-left', 'The tab has been closed.');
  return taking(async () => {
    if (!tab.inFront) await bringToFront(tab.id);
    const found = await findPicture(page.tabId, page.frameId, src);
    if (!found) return failed('picture-not-seen', 'No picture of the page has this address.');
    const bytes = await cut(await pictureOfTab(tab), found, `image/${format}`);
    return {
      kind: 'picture',
      name: nameOfPicture(name.replace(/\.[a-z]{2,5}$/i, ''), format),
      bytes,
    };
  });
}

/** Takes a picture of a page that failed; gives nothing while the user chooses the part of it. */
export async function retake(
  { id, source, state }: Job,
  format: Format,
): Promise<Captured | undefined> {
  if (source.kind !== 'screenshot') return undefined;
  // Of a shape that is not known, no more may be shared than the user chooses.
  const { tabId, shape = 'area' } = source;
  const forbidden = state.name === 'failed' && state.failure.code === 'page-forbids-script';
  if (forbidden || shape === 'visible') return visiblePart(tabId, format);
  const tab = await tabOf(tabId);
  if (!tab) return failed('page-left', 'The tab has been closed.');
  if (!tab.inFront) await bringToFront(tabId);
  if (shape === 'full') return fullPage(tab, format);
  return areaOf(tabId, { clicked: false, again: id });
}

/** Lets the user choose a part of a page, which comes later. Gives what is in the way, if anything. */
export async function areaOf(tabId: number, order: AreaOrder): Promise<Captured | undefined> {
  try {
    await letChooseArea(tabId, order);
    return undefined;
  } catch (error) {
    return failed('page-forbids-script', traceOf(error));
  }
}

async function taking(take: () => Promise<Captured>): Promise<Captured> {
  try {
    return await take();
  } catch (error) {
    return failed('page-hidden', traceOf(error));
  }
}

function failed(code: FailureCode, detail: string): Captured {
  return { kind: 'failed', failure: { code, detail } };
}
