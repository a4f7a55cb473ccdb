/** What the Bridge client needs of Node; part of `gett-sdk/node`. */
import { openAsBlob } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WebSocket } from 'ws';
import { KeyPair } from './key-pair.ts';
import type { ChannelSocketConstructor } from './socket.ts';

/** For the client's option `WebSocket`: Node has none of its own before 22. */
export const BridgeWebSocket: ChannelSocketConstructor = WebSocket;

/**
 * Writes the private key into a new file that only this user can read.
 *
 * @throws when the file exists, with code `EEXIST`: a lost key cannot be had back
 */
export async function saveKeyPair(file: string | URL, keyPair: KeyPair): Promise<void> {
  await writeFile(file, `${keyPair.exportPrivateKey()}\n`, { mode: 0o600, flag: 'wx' });
}

/**
 * Reads what {@link saveKeyPair} has written.
 *
 * @throws TypeError when the file holds no private key
 */
export async function loadKeyPair(file: string | URL): Promise<KeyPair> {
  return KeyPair.fromPrivateKey((await readFile(file, 'utf8')).trim());
}

/**
 * A file of this computer to upload, read piece by piece. When it is written to meanwhile, the
 * upload fails.
 *
 * @param type media type
 */
export async function bridgeFile(file: string, type = ''): Promise<File> {
  return new File([await openAsBlob(file)], path.basename(file), { type });
}
