/** What the Bridge client needs of Node; part of `gett-sdk/node`. */
import { readFile, writeFile } from 'node:fs/promises';
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
export async function saveKeyPair(path: string | URL, keyPair: KeyPair): Promise<void> {
  await writeFile(path, `${keyPair.exportPrivateKey()}\n`, { mode: 0o600, flag: 'wx' });
}

/** @throws TypeError when the file holds no private key */
export async function loadKeyPair(path: string | URL): Promise<KeyPair> {
  return KeyPair.fromPrivateKey((await readFile(path, 'utf8')).trim());
}
