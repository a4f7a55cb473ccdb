/**
 * The server against its peers, in one run on one machine: `npm run bench -- [NAME…]`, everything
 * without names. `--profile` also writes CPU profiles of our server to .cache/bench.
 * Figures are shown and written to .cache/bench/results.json; a missed target is no failure.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { earlyReader } from '../tests/bench/early-reader.mjs';
import { idleSockets } from '../tests/bench/idle-sockets.mjs';
import { ingest } from '../tests/bench/ingest.mjs';
import { popup } from '../tests/bench/popup.mjs';
import { table } from '../tests/bench/support/figures.mjs';
import { PEER_FOLDER, peerVersions } from '../tests/bench/support/peers.mjs';
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { ensureDependencies, main, SetupError, say } from './lib/setup.mjs';

const benches = { 'early-reader': earlyReader, ingest, 'idle-sockets': idleSockets, popup };

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { profile: { type: 'boolean', default: false } },
  });
  const unknown = positionals.find((name) => !(name in benches));
  if (unknown) {
    throw new SetupError(
      `There is no bench "${unknown}"; choose ${Object.keys(benches).join(' or ')}.`,
    );
  }
  await ensureDependencies();
  await ensureBuilt('server');
  await mkdir(PEER_FOLDER, { recursive: true });

  const figures = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    say(name);
    figures.push(...(await bench(values.profile ? PEER_FOLDER : undefined)));
  }
  const results = { date: new Date().toISOString(), node: process.version, peers: peerVersions() };
  await writeFile(
    at('.cache/bench/results.json'),
    `${JSON.stringify({ ...results, figures }, null, 2)}\n`,
  );
  process.stdout.write(`\n${table(figures)}\n`);
});
