/** How fast files get in: one of 1 GiB, and a thousand of 10 KiB. Ours answers once they are durable. */
import { median } from './support/figures.mjs';
import { startGett } from './support/gett.mjs';
import { beginUpload, exchange, finishUpload, forEach, keepAlive, timed } from './support/http.mjs';
import { startTusServer } from './support/peers.mjs';

const ROUNDS = 5;
const LARGE = { chunk: Buffer.alloc(1024 * 1024, 'x'), chunks: 1024 };
const SMALL = { body: Buffer.alloc(10 * 1024, 'x'), files: 1000, atOnce: 8 };
const TUS = { 'tus-resumable': '1.0.0' };
const PATCH = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };

const agent = keepAlive(SMALL.atOnce);

/** @typedef {{ large: () => Promise<number>, small: () => Promise<number> }} Side milliseconds each */

/** @param {Awaited<ReturnType<typeof startGett>>} gett @returns {Side} */
function ourSide(gett) {
  const { body, files, atOnce } = SMALL;
  return {
    async large() {
      const share = await gett.newShare();
      const time = await timed(async () => {
        const [file] = await gett.announce(share, 1);
        if (!file) throw new Error('no file was announced');
        const size = LARGE.chunk.length * LARGE.chunks;
        const begun = await beginUpload(file.upload.puturl, size, { agent });
        await finishUpload(begun, LARGE.chunk, LARGE.chunks);
      });
      await gett.destroyShare(share);
      return time;
    },
    async small() {
      const share = await gett.newShare();
      return timed(async () => {
        const announced = await gett.announce(share, files);
        await forEach(announced, atOnce, ({ upload }) =>
          exchange(upload.puturl, { method: 'PUT', agent, body }),
        );
      });
    },
  };
}

/** @param {{ origin: string }} server @returns {Side} */
function tusSide({ origin }) {
  const { body, files, atOnce } = SMALL;
  /** @param {number} size */
  const create = async (size) => {
    const headers = { ...TUS, 'upload-length': String(size) };
    const reply = await exchange(`${origin}/files`, { method: 'POST', agent, headers });
    return reply.headers.location ?? '';
  };
  return {
    async large() {
      let url = '';
      const time = await timed(async () => {
        const size = LARGE.chunk.length * LARGE.chunks;
        url = await create(size);
        const options = { method: 'PATCH', agent, headers: PATCH };
        await finishUpload(await beginUpload(url, size, options), LARGE.chunk, LARGE.chunks);
      });
      await exchange(url, { method: 'DELETE', agent, headers: TUS });
      return time;
    },
    async small() {
      return timed(() =>
        forEach(Array.from({ length: files }).keys(), atOnce, async () => {
          const url = await create(body.length);
          await exchange(url, { method: 'PATCH', agent, headers: PATCH, body });
        }),
      );
    },
  };
}

/** @returns {Promise<import('./support/figures.mjs').Figure[]>} */
export async function ingest(/** @type {string | undefined} */ profiles) {
  const gett = await startGett(profiles);
  const tus = await startTusServer();
  const sides = { ours: ourSide(gett), peer: tusSide(tus) };
  try {
    return [
      await compare(sides, {
        kind: 'large',
        measure: 'one file of 1 GiB',
        unit: 'MiB/s',
        amount: LARGE.chunks,
        least: 1.5,
      }),
      await compare(sides, {
        kind: 'small',
        measure: '1,000 files of 10 KiB, 8 at a time',
        unit: 'files/s',
        amount: SMALL.files,
        least: 2,
      }),
    ];
  } finally {
    agent.destroy();
    await Promise.all([gett.stop(), tus.stop()]);
  }
}

/**
 * @param {{ ours: Side, peer: Side }} sides
 * @param {{ kind: keyof Side, measure: string, unit: string, amount: number, least: number }} what
 */
async function compare({ ours, peer }, { kind, measure, unit, amount, least }) {
  const rounds = { ours: /** @type {number[]} */ ([]), peer: /** @type {number[]} */ ([]) };
  const rate = (/** @type {number} */ time) => (amount / time) * 1000;
  await ours[kind]();
  await peer[kind]();
  for (let round = 0; round < ROUNDS; round++) {
    rounds.ours.push(rate(await ours[kind]()));
    rounds.peer.push(rate(await peer[kind]()));
  }
  const figures = { ours: median(rounds.ours), peer: median(rounds.peer) };
  return {
    measure,
    unit,
    ours: figures.ours,
    peer: { name: '@tus/server', figure: figures.peer },
    target: `ratio ≥ ${least}`,
    met: figures.ours / figures.peer >= least,
    rounds,
  };
}
