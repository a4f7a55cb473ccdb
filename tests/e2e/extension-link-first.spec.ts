import { signIn } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, linkOf, MB, makeFilm, rowOf, test } from './support/films.ts';

const finished = /Done|just now/;

for (const [what, sizes] of [
  ['one byte', [1]],
  ['80 MB', [80 * MB]],
  ['twenty files', Array.from({ length: 20 }, () => 2_000)],
] as const) {
  test(`the link of ${what} costs two calls, and both come before the first byte`, async ({
    extension,
    slow: { uplink },
  }, info) => {
    const popup = await extension.open();
    await signIn(popup, uplink);
    const films = sizes.map((size, i) => makeFilm(info, `film-${i}.bin`, size));
    const before = uplink.requests.length;
    await choose(popup, ...films);
    await expect(rowOf(popup, 'film-0.bin')).toContainText(finished, { timeout: 40_000 });

    const requests = uplink.requests.slice(before).map((request) => request.split('?')[0]);
    const link = await linkOf(popup, 'film-0.bin');
    const sharename = new URL(link).pathname.slice(1);
    const bytes = requests.findIndex((request) =>
      /^(POST|PATCH|HEAD) (?!\/1\/(shares|files)\/)/.test(request ?? ''),
    );
    expect(bytes).toBeGreaterThan(0);
    const announcing = requests.filter((request) => request?.endsWith('/create'));
    expect(announcing).toEqual(['POST /1/shares/create', `POST /1/files/${sharename}/create`]);
    expect(requests.slice(0, bytes)).toEqual(expect.arrayContaining(announcing));
  });
}

test('a file that somebody waits for goes ahead of all others', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const films = [1, 2, 3, 4, 5].map((i) => makeFilm(info, `film-${i}.bin`, 6 * MB));
  // None of the first three is whole before somebody waits for the last one.
  uplink.pace(0.1 * MB);
  await choose(popup, ...films);
  const link = await linkOf(popup, 'film-1.bin');
  const sharename = new URL(link).pathname.slice(1);
  const states = async () => {
    const response = await fetch(`${server.baseUrl}/shares/${sharename}`);
    const { files } = (await response.json()) as {
      files: { filename: string; readystate: string }[];
    };
    return Object.fromEntries(files.map(({ filename, readystate }) => [filename, readystate]));
  };
  await expect.poll(async () => (await states())['film-3.bin']).toBe('uploading');
  expect(await states()).toMatchObject({ 'film-4.bin': 'remote', 'film-5.bin': 'remote' });

  const visitor = await fetch(`${server.baseUrl}/files/${sharename}/4/blob?download`);
  expect(visitor.status).toBe(200);
  expect(await states()).toMatchObject({ 'film-4.bin': 'remote', 'film-5.bin': 'uploading' });
  uplink.pace(Infinity);
  expect(Buffer.from(await visitor.arrayBuffer()).equals(films[4]?.bytes ?? Buffer.of())).toBe(
    true,
  );
  await expect
    .poll(async () => [...new Set(Object.values(await states()))], { timeout: 40_000 })
    .toEqual(['uploaded']);
});

test('a connection is held while there is something to serve, and no longer', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const film = makeFilm(info, 'film.bin', 40 * MB);
  const connections = () => uplink.requests.filter((request) => request === 'GET /').length;
  expect(connections()).toBe(0);
  uplink.pace(2 * MB);
  await choose(popup, film);
  const link = await linkOf(popup, 'film.bin');
  const isLive = async () => {
    const response = await fetch(`${server.baseUrl}/shares/${new URL(link).pathname.slice(1)}`);
    return ((await response.json()) as { live: boolean }).live;
  };
  await expect.poll(isLive).toBe(true);
  await expect.poll(() => extension.title()).toMatch(/^Ge\.tt – 1 file uploading, [1-9]\d?%$/);
  uplink.pace(Infinity);
  await expect(rowOf(popup, 'film.bin')).toContainText(finished);
  await expect.poll(isLive).toBe(false);
  await expect.poll(() => extension.title()).toBe('Ge.tt');
  expect(connections()).toBe(1);
});
