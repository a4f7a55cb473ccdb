import { GettClient, NetworkError } from '../../sdk/index.ts';
import type { Owner } from '../account/account.ts';
import type { FileRef } from './job.ts';

/** An account some of whose files are on their way. */
export interface LiveNeed {
  owner: Owner;
  /** API root of its service. */
  baseUrl: string;
  session: string;
}

/** `null`: nobody is signed in there any more. `undefined`: it could not be found out. */
export type LiveToken = string | null | undefined;

export interface LiveOptions {
  /** A token that is good for some time still. */
  accessToken: (owner: Owner) => Promise<LiveToken>;
  /** Somebody asks for a file. */
  wanted: (file: FileRef) => Promise<void>;
}

/** Holds a Live connection for each account that has something to serve, and none otherwise. */
export interface LiveKeeper {
  listen: (needs: readonly LiveNeed[]) => void;
}

export function createLiveKeeper({ accessToken, wanted }: LiveOptions): LiveKeeper {
  const held = new Map<string, AbortController>();

  async function hold({ owner, baseUrl, session }: LiveNeed, signal: AbortSignal) {
    const gett = new GettClient({
      baseUrl,
      locks: null,
      tokens: {
        async get() {
          const token = await accessToken(owner).catch(() => undefined);
          if (token === undefined) throw new NetworkError('There is no access token at present.');
          // The background alone renews tokens.
          return token === null
            ? undefined
            : { accessToken: token, refreshToken: '', expiresAt: Number.POSITIVE_INFINITY };
        },
        set: async () => undefined,
        clear: async () => undefined,
      },
    });
    const connection = await gett.live.connect({ session, signal });
    connection.on('download', ({ sharename, fileid }) => void wanted({ sharename, fileid }));
    await connection.closed;
  }

  return {
    listen(needs) {
      const wantedKeys = new Set(needs.map(keyOf));
      for (const [key, controller] of held) {
        if (wantedKeys.has(key)) continue;
        held.delete(key);
        controller.abort(new DOMException('Nothing is left to serve.', 'AbortError'));
      }
      for (const need of needs) {
        const key = keyOf(need);
        if (held.has(key)) continue;
        const controller = new AbortController();
        held.set(key, controller);
        // What ends it for good, like an access that was withdrawn, shows with the next upload too.
        void hold(need, controller.signal)
          .catch(() => undefined)
          .finally(() => {
            if (held.get(key) === controller) held.delete(key);
          });
      }
    },
  };
}

function keyOf({ owner, session }: LiveNeed): string {
  return JSON.stringify([owner.server, owner.email, session]);
}
