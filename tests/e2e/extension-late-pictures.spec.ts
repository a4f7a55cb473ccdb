import { faultServer, type Step } from '../support/fault-server.ts';
import { job, LAKE, RECENT, share, TOWER } from './screens/states.ts';
import { expect, test } from './support/chromium.ts';
import { drawPhoto } from './support/media.ts';
import { startSite } from './support/site.ts';
import { tell } from './support/staged.ts';

interface Shift {
  value: number;
  sources: string[];
}

test('nothing moves in the popup when pictures come late', async ({ extension }) => {
  const photo = await drawPhoto(400, 300);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const late: Step = async (_, response) => {
    await released;
    response.writeHead(200, { 'content-type': 'image/png' }).end(photo);
  };
  const pictures = await faultServer(late);
  const site = await startSite();
  const page = await extension.context.newPage();
  await page.goto(`${site.origin}/page`);
  const popup = await extension.clickToolbarButton(page.url());
  // The answer of the real background would take the place of what it is told below.
  await expect(popup.getByLabel('E-mail')).toBeVisible();

  const jobs = [job({ id: 'tower', name: 'tower.webp' })];
  const remote = ['one.png', 'two.png'].map((name, i) =>
    share(name, i, {
      files: [{ name, size: 1_000, thumbnailUrl: `${pictures.origin}/${name}` }],
    }),
  );
  const bare = RECENT.map(({ thumbnail: _thumbnail, ...rest }) => rest);
  await tell(popup, { jobs, shares: [...remote, ...bare] });
  await expect(popup.locator('.recent')).toHaveCount(remote.length + bare.length);
  await expect.poll(() => pictures.requests.length).toBe(remote.length);
  await popup.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // The window of a popup grows with what it shows.
    let height = 0;
    while (height !== innerHeight) {
      height = innerHeight;
      for (let i = 0; i < 10; i++) await frame();
    }
    const shifts: Shift[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: { node?: Node | null }[];
        };
        const names = sources.map(({ node }) =>
          node instanceof Element ? node.className : String(node?.nodeName),
        );
        shifts.push({ value, sources: names });
      }
    }).observe({ type: 'layout-shift' });
  });
  const shifts = () =>
    popup.evaluate(async () => {
      for (let i = 0; i < 5; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return (globalThis as unknown as { shifts: Shift[] }).shifts;
    });

  release();
  await tell(popup, {
    jobs: jobs.map((job) => ({ ...job, thumbnail: TOWER })),
    shares: [...remote, ...bare.map((share) => ({ ...share, thumbnail: LAKE }))],
  });
  const shown = popup.locator('.thumbnail img');
  await expect(shown).toHaveCount(jobs.length + remote.length + bare.length);
  await popup.evaluate(() => {
    for (const image of document.images) image.loading = 'eager';
    return Promise.all([...document.images].map((image) => image.decode()));
  });
  expect(await shifts()).toEqual([]);

  // The measure itself works: a row that comes above moves the others.
  await tell(popup, {
    jobs: [...jobs, job({ id: 'new', name: 'new.webp' })],
    shares: [...remote, ...bare],
  });
  await expect(popup.getByText('new.webp')).toBeVisible();
  await expect.poll(async () => (await shifts()).length).toBeGreaterThan(0);
  await pictures.stop();
  await site.stop();
});
