import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import type { Logger } from 'pino';
import { Anonymous, type AnonymousLimits } from './accounts/anonymous.ts';
import { UrlSigner } from './accounts/signatures.ts';
import { LoginThrottle } from './accounts/throttle.ts';
import { Tokens } from './accounts/tokens.ts';
import { DiskBlobStore } from './blobs/disk.ts';
import { withSmallBlobs } from './blobs/small.ts';
import { errorCode, OperatorError } from './errors.ts';
import { Readers } from './http/readers.ts';
import { createHttpServer, serveRequests } from './http/server.ts';
import { createRenderer } from './images/renderer.ts';
import { EarlyReaders } from './live/early-readers.ts';
import { LiveHub } from './live/hub.ts';
import { LIVE_LIMITS, type LiveLimits } from './live/limits.ts';
import { LiveNotifier } from './live/notifier.ts';
import { LiveServer } from './live/server.ts';
import { LIVE_TIMING, type LiveTiming } from './live/timing.ts';
import { ViolationWatch } from './live/violations.ts';
import { FolderLock } from './metadata/folder-lock.ts';
import { openMetadata, prepareFolder } from './metadata/open.ts';
import { DownloadCounters } from './sharing/counters.ts';
import { Sharing } from './sharing/sharing.ts';
import { Urls } from './sharing/urls.ts';
import { ShareChanges, Watch } from './sharing/watch.ts';
import { ServerStoppingError } from './transfers/errors.ts';
import { recoverUploads } from './transfers/recovery.ts';
import { ResumableUploads } from './transfers/resumable.ts';
import { TrashSweeper } from './transfers/trash.ts';
import type { Uploads } from './transfers/uploads.ts';

/** A server that starts at once after another ended finds the lock free within this time; ms. */
const LOCK_WAIT = 1_000;
/** Running requests get this long to finish after the signal to stop; milliseconds. */
const STOP_WAIT = 30_000;
const STALL_TIMEOUT = 60_000;
/** How often uploads are looked for that nobody goes on with; milliseconds. */
const STALE_SWEEP = 60 * 60 * 1000;
/** How often shares are looked for whose time is over; milliseconds. */
const EXPIRY_SWEEP = 60 * 1000;

export interface ServerConfig {
  data: string;
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Origin of the links; by default where the server listens. */
  publicUrl?: string;
  /** Origin of the bytes; by default `publicUrl`. */
  blobUrl?: string;
  /** Storage of users who have no limit of their own, bytes. */
  storageLimit: number;
  /** Page where users get more; by default nobody is told of one. */
  moreStorage?: string;
  /** Page where people get accounts and new passwords; by default they are told to ask. */
  accountsPage?: string;
  /** Without a byte of a request's body for so long, the connection ends; default 60 s, in ms. */
  stallTimeout?: number;
  /** Readers of a resumable upload wait so long for its next part; default 60 s, in ms. */
  holdTime?: number;
  /** What people without an account may do; by default nothing. */
  anonymous?: AnonymousLimits;
  /** Believe what a proxy says of where requests come from; default false. */
  behindProxy?: boolean;
  /** Tells how old uploads and shares are; Unix milliseconds. */
  now?: () => number;
  /** Times of the Live API other than {@link LIVE_TIMING}. */
  live?: Partial<LiveTiming>;
  /** Numbers of Live connections other than {@link LIVE_LIMITS}. */
  liveLimits?: Partial<LiveLimits>;
  log: Logger;
}

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:4380`. */
  readonly url: string;
  /** Finishes what can be finished, writes what is in memory, and lets go of the data folder. */
  stop(): Promise<void>;
}

/** Brings a server up: lock, migrate, recover, listen. Throws {@link OperatorError}. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const { data, log, storageLimit, now = Date.now } = config;
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    closers.push(await lockFolder(data));
    const store = await openMetadata(data, { locked: true });
    closers.push(() => store.close());
    const blobs = withSmallBlobs(await DiskBlobStore.open(data), store.smallBlobs);
    await recoverUploads(store.uploads, blobs, log);
    const secret = await store.secret();

    const renderer = await createRenderer({ cacheDir: path.join(data, 'renditions') });
    if (!renderer) log.warn('sharp cannot be loaded, so there are no thumbnails');
    const trash = new TrashSweeper(
      store.uploads,
      async (blobId) => {
        await blobs.remove(blobId);
        await renderer?.forget(blobId);
      },
      log,
    );
    closers.push(() => trash.idle());
    const onTrash = () => trash.sweep();
    onTrash();
    const liveLimits = { ...LIVE_LIMITS, ...config.liveLimits };
    const hub = new LiveHub(liveLimits);
    const notifier = new LiveNotifier(hub, store.shares, log);
    const timing = { ...LIVE_TIMING, ...config.live };
    const uploads = new ResumableUploads({
      ...store,
      blobs,
      log,
      onTrash,
      observer: notifier,
      defaultLimit: storageLimit,
      now,
      ...(config.holdTime !== undefined && { holdTime: config.holdTime }),
    });
    await uploads.dropStale();
    const sweeping = setInterval(() => void uploads.dropStale(), STALE_SWEEP).unref();
    closers.push(() => clearInterval(sweeping));
    const earlyReaders = new EarlyReaders({ uploads, presence: hub, notifier, timing });
    const readers = new Readers();
    const watch = new ViolationWatch({ ...store, uploads, readers, notifier, onTrash, log });
    closers.push(() => watch.close());
    const counters = new DownloadCounters(store.shares, log);
    closers.push(() => counters.close());

    const { server, url } = await listen(config);
    const stopping = new AbortController();
    closers.push(() => {
      stopping.abort();
      earlyReaders.stop();
      return drain(server, uploads);
    });
    const signer = new UrlSigner(secret);
    const pageOrigin = config.publicUrl ?? url;
    const urls = new Urls(pageOrigin, config.blobUrl ?? pageOrigin, signer);
    const changes = new ShareChanges();
    const sharing = new Sharing({
      store,
      uploads,
      changes,
      counters,
      urls,
      onTrash,
      storageLimit,
      ...(config.moreStorage !== undefined && { moreStorage: config.moreStorage }),
      presence: hub,
    });
    const anonymous = new Anonymous({
      ...store,
      limits: config.anonymous,
      destroy: (share) => sharing.destroyShare(share),
      log,
      now,
    });
    const tokens = new Tokens(secret, store.accounts);
    const live = new LiveServer(
      server,
      {
        hub,
        timing,
        log,
        async authorise({ accesstoken, session }) {
          const userId = (await tokens.identify(accesstoken, 'access'))?.user.userId;
          if (userId === undefined) return undefined;
          return (await sharing.maySpeakFor(session, userId)) ? userId : undefined;
        },
      },
      liveLimits,
    );
    closers.push(() => live.stop());
    serveRequests(server, {
      log,
      sharing,
      signIn: { accounts: store.accounts, tokens, describeUser: (user) => sharing.viewUser(user) },
      watch: new Watch({ store, uploads, presence: hub, changes, sharing }),
      throttle: new LoginThrottle(),
      anonymous,
      accountsPage: config.accountsPage,
      now,
      behindProxy: config.behindProxy ?? false,
      tokens,
      signer,
      urls,
      uploads,
      blobs,
      notifier,
      earlyReaders,
      readers,
      renderer,
      stopping: stopping.signal,
      stallTimeout: config.stallTimeout ?? STALL_TIMEOUT,
    });
    // Requests come as soon as it listens, so nothing that takes time may be before their listeners.
    await anonymous.sweep();
    const expiring = setInterval(() => void anonymous.sweep(), EXPIRY_SWEEP).unref();
    closers.push(() => clearInterval(expiring));
    return { url, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives the way to let go of the folder again. */
async function lockFolder(folder: string): Promise<() => void> {
  await prepareFolder(folder);
  const lock = FolderLock.acquire(folder, LOCK_WAIT);
  if (lock) return () => lock.release();
  throw new OperatorError(
    `${folder} is in use by a running gett-server; stop it first, or choose another folder with --data.`,
  );
}

async function listen({ host, port }: ServerConfig): Promise<{ server: Server; url: string }> {
  const server = createHttpServer();
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new OperatorError(whyNotListening(error, host, port), { cause: error });
  }
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { server, url: `http://${reachableHost(host)}:${actual}` };
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = errorCode(error) ?? 'unknown error';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program; choose another with --port, or 0 for any free one.`;
    case 'EACCES':
      return `Port ${port} on ${host} needs more rights than this user has; choose a port above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine; choose one with --host.`;
    default:
      return `The server cannot listen on ${host}, port ${port} (${code}); choose others with --host and --port.`;
  }
}

/** An address for "every interface" is none that a browser could open. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Lets requests finish that will end by themselves soon. Uploads of unknown length would not, so
 * they break off at once, like those that can go on later; the rest does when the time is up.
 */
async function drain(server: Server, uploads: Uploads): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  uploads.cut(
    ({ init }) => init.resumable === true || init.declaredSize === undefined,
    new ServerStoppingError(),
  );
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const deadline = setTimeout(() => {
    uploads.cut(() => true, new ServerStoppingError());
    server.closeAllConnections();
  }, STOP_WAIT);
  await closed;
  clearInterval(idle);
  clearTimeout(deadline);
  await uploads.idle();
}
