/**
 * How fast files get in: one of 1 GiB, and a thousand of 10 KiB. Ours answers once they are durable.
 * The peer is measured as it ships, and with the syncs that it would need to promise the same.
 */
import { execFileSync } from 'node:child_process';
import { median } from './support/figures.mjs';
import { startGett } from './support/gett.mjs';
import { exchange, timed } from './support/http.mjs';
import { startTusServer } from './support/peers.mjs';
import { closeAll, spread, Wire, wires } from './support/wire.mjs';

const ROUNDS = 5;
/** Rounds before those that count: servers run for days, and the engine compiles what runs often. */
const WARM_UPS = 3;
const LARGE = { chunk: Buffer.alloc(1024 * 1024, 'x'), times: 1024 };
const SMALL = { chunk: Buffer.alloc(10 * 1024, 'x'), files: 1000, atOnce: 8 };
const TUS = { 'tus-resumable': '1.0.0' };

/**
 * @typedef {object} Side milliseconds that each takes
 * @property {() => Promise<number>} large
 * @property {() => Promise<number>} small
 */

/** @param {Awaited<ReturnType<typeof startGett>>} gett @returns {Side} */
function ourSide(gett) {
  return {
    async large() {
      const share = await gett.newShare();
      const wire = await Wire.to(gett.origin);
      const time = await timed(async () => {
        const [file] = await gett.announce(share, 1);
        if (!file) throw new Error('no file was announced');
        await wire.send({ method: 'PUT', url: file.upload.puturl, ...LARGE });
      });
      wire.close();
      await gett.destroyShare(share);
      return time;
    },
    async small() {
      const share = await gett.newShare();
      const connections = await wires(gett.origin, SMALL.atOnce);
      const time = await timed(async () => {
        const announced = await gett.announce(share, SMALL.files);
        await spread(connections, announced, (wire, { upload }) =>
          wire.send({ method: 'PUT', url: upload.puturl, chunk: SMALL.chunk }),
        );
      });
      closeAll(connections);
      return time;
    },
  };
}

/**
 * Everything in one request for each file, which is the fastest that tus knows.
 * @param {{ origin: string }} server
 * @returns {Side}
 */
function tusSide({ origin }) {
  /** @param {Wire} wire @param {{ chunk: Buffer, times?: number }} body */
  const create = async (wire, { chunk, times = 1 }) => {
    const type = { 'content-type': 'application/offset+octet-stream' };
    const headers = { ...TUS, ...type, 'upload-length': chunk.length * times };
    const url = `${origin}/files`;
    const answer = await wire.send({ method: 'POST', url, headers, chunk, times });
    const offset = /^upload-offset: *(\d+)/im.exec(answer)?.[1];
    if (Number(offset) !== chunk.length * times) throw new Error(`not whole: ${answer}`);
    return /^location: *(\S+)/im.exec(answer)?.[1] ?? '';
  };
  return {
    async large() {
      const wire = await Wire.to(origin);
      let url = '';
      const time = await timed(async () => {
        url = await create(wire, LARGE);
      });
      wire.close();
      await exchange(url, { method: 'DELETE', headers: TUS });
      return time;
    },
    async small() {
      const connections = await wires(origin, SMALL.atOnce);
      const files = Array.from({ length: SMALL.files }).keys();
      const time = await timed(() => spread(connections, files, (wire) => create(wire, SMALL)));
      closeAll(connections);
      return time;
    },
  };
}

/** @returns {Promise<import('./support/figures.mjs').Figure[]>} */
export async function ingest(/** @type {string | undefined} */ profiles) {
  const gett = await startGett(profiles);
  const tus = await startTusServer();
  const syncing = await startTusServer({ syncing: true });
  const sides = {
    ours: ourSide(gett),
    peer: tusSide(tus),
    syncing: tusSide(syncing),
  };
  try {
    return [
      ...(await compare(sides, {
        kind: 'large',
        measure: 'one file of 1 GiB',
        unit: 'MiB/s',
        amount: LARGE.times,
        least: 1.5,
      })),
      ...(await compare(sides, {
        kind: 'small',
        measure: '1,000 files of 10 KiB, 8 at a time',
        unit: 'files/s',
        amount: SMALL.files,
        least: 2,
      })),
    ];
  } finally {
    await Promise.all([gett.stop(), tus.stop(), syncing.stop()]);
  }
}

/**
 * One side after the other, because a server under load does not rest between two uploads; each
 * round on a disk with nothing left to write from the one before.
 * @param {{ ours: Side, peer: Side, syncing: Side }} sides
 * @param {{ kind: 'large' | 'small', measure: string, unit: string, amount: number, least: number }} what
 * @returns {Promise<import('./support/figures.mjs').Figure[]>}
 */
async function compare(sides, { kind, measure, unit, amount, least }) {
  /** @type {Record<'ours' | 'peer' | 'syncing', number[]>} */
  const rounds = { ours: [], peer: [], syncing: [] };
  for (const name of /** @type {const} */ (['ours', 'peer', 'syncing'])) {
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
      execFileSync('sync');
      const rate = (amount / (await sides[name][kind]())) * 1000;
      if (round >= 0) rounds[name].push(rate);
    }
  }
  const ours = median(rounds.ours);
  /** @param {string} name @param {number[]} peer */
  const against = (name, peer) => ({
    measure,
    unit,
    ours,
    peer: { name, figure: median(peer) },
    rounds: { ours: rounds.ours, peer },
  });
  const figure = against('@tus/server', rounds.peer);
  return [
    { ...figure, target: `ratio ≥ ${least}`, met: ours / figure.peer.figure >= least },
    against('@tus/server with syncs', rounds.syncing),
  ];
}
