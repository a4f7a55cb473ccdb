import type { HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Anonymous } from '../accounts/anonymous.ts';
import type { SignInDeps } from '../accounts/sign-in.ts';
import type { UrlSigner } from '../accounts/signatures.ts';
import type { LoginThrottle } from '../accounts/throttle.ts';
import type { Tokens } from '../accounts/tokens.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { ImageRenderer } from '../images/renderer.ts';
import type { EarlyReaders } from '../live/early-readers.ts';
import type { LiveNotifier } from '../live/notifier.ts';
import type { Sharing } from '../sharing/sharing.ts';
import type { Urls } from '../sharing/urls.ts';
import type { Watch } from '../sharing/watch.ts';
import type { ResumableUploads } from '../transfers/resumable.ts';
import type { Readers } from './readers.ts';

/** What the routes work with. */
export interface HttpContext {
  log: Logger;
  sharing: Sharing;
  signIn: SignInDeps;
  throttle: LoginThrottle;
  anonymous: Anonymous;
  /** Where people get accounts, other than by asking. */
  accountsPage: string | undefined;
  watch: Watch;
  /** Believes what a proxy says of where a request comes from. */
  behindProxy: boolean;
  /** Unix milliseconds. */
  now: () => number;
  tokens: Tokens;
  signer: UrlSigner;
  urls: Urls;
  uploads: ResumableUploads;
  blobs: BlobStore;
  notifier: LiveNotifier;
  earlyReaders: EarlyReaders;
  readers: Readers;
  /** `undefined` where pictures cannot be scaled on this machine. */
  renderer: ImageRenderer | undefined;
  /** Aborted when the server begins to stop. */
  stopping: AbortSignal;
  /** After this time without a byte of a request's body the connection ends; milliseconds. */
  stallTimeout: number;
}

/** What Hono knows of the request underneath. */
export interface Bindings {
  Bindings: HttpBindings;
}
