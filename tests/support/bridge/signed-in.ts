import { WebSocket } from 'ws';
import {
  BridgeClient,
  type BridgeClientOptions,
  KeyPair,
  keyPairAuth,
} from '../../../src/sdk/bridge/index.ts';
import type { LocalBridge } from './bridge-server.ts';

/** A new activated account with one registered key, and a client that signs with it. */
export async function signedIn(
  local: LocalBridge,
  email = 'ann@example.com',
  options: Partial<BridgeClientOptions> = {},
) {
  const keyPair = KeyPair.generate();
  const open = new BridgeClient({ baseUrl: local.baseUrl });
  await open.users.register({ email, password: 'open sesame', publicKey: keyPair });
  await open.users.activate(local.accounts.mails.get(email) ?? '');
  const auth = keyPairAuth(keyPair);
  const client = new BridgeClient({ baseUrl: local.baseUrl, auth, WebSocket, ...options });
  return { client, keyPair };
}
