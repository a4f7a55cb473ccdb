import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { at } from '../../../scripts/lib/project.mjs';
import { run } from '../../../scripts/lib/run.mjs';
import { launch } from './launch.mjs';

/** Peers that nothing else here uses are installed when the bench wants them. */
export const PEER_FOLDER = at('.cache/bench');
const PIPING_SERVER = 'piping-server@1.12.9';

export async function startPipingServer() {
  await mkdir(PEER_FOLDER, { recursive: true });
  const manifest = at('.cache/bench/package.json');
  const installed = await readFile(manifest, 'utf8').catch(() => '{}');
  if (!installed.includes('piping-server')) {
    await writeFile(manifest, '{"private":true}');
    const flags = ['--no-audit', '--no-fund', '--save-exact', '--loglevel=error'];
    await run('npm', ['install', '--prefix', PEER_FOLDER, ...flags, PIPING_SERVER], {
      quiet: true,
    });
  }
  return launch(() => [at('tests/bench/peers/piping-server.mjs'), PEER_FOLDER]);
}

/** @param {{ syncing?: boolean }} [options] syncing: answers only once everything is durable */
export const startTusServer = ({ syncing = false } = {}) =>
  launch((folder) => [
    at('tests/bench/peers/tus-server.mjs'),
    folder,
    ...(syncing ? ['--sync'] : []),
  ]);

export const startBareSockets = () => launch(() => [at('tests/bench/peers/bare-ws.mjs')]);

/** Name and version of each peer. */
export function peerVersions() {
  const here = createRequire(import.meta.url);
  return [
    PIPING_SERVER,
    ...['@tus/server', '@tus/file-store'].map((name) => {
      const manifest = here(at('node_modules', name, 'package.json'));
      return `${name}@${manifest.version}`;
    }),
  ];
}
