import type { GettUpload } from '../../sdk/index.ts';
import type { Owner } from '../account/account.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import type { MediaKind } from '../capture/media.ts';
import type { ScreenshotShape } from '../platform/menu.ts';
import type { ServiceKind } from '../services/capabilities.ts';
import type { StoredLink } from '../services/share-service.ts';

/** One file on its way to becoming a link. */

export type JobId = string;

/** Files that were given together; they become one share. */
export type BatchId = string;

/** Where the bytes go, and whether an upload can go on where it broke off. */
export type UploadTarget = GettUpload | ServiceUpload;

/** Names a file at the service. */
export interface FileRef {
  sharename: string;
  fileid: string;
}

/** An upload by another service's client, which makes the link of the file at its end. */
export interface ServiceUpload {
  address: ServiceAddress;
  filename: string;
}

/**
 * What the service answered when the file was announced: from now on the link works. A service that
 * gives links last has told neither share nor address yet.
 */
export interface Announcement {
  sharename: string;
  fileid: string;
  /** The share's page. */
  url?: string;
  target: UploadTarget;
}

/** A share, whether it has files or not. */
export interface ShareRef {
  sharename: string;
  /** Its page. */
  url: string;
}

/** Why a job stands still although nothing is wrong with it. */
export type WaitReason =
  /** `service`: where somebody is signed in, which takes no files. */
  (
    | { kind: 'sign-in'; service?: ServiceKind }
    /** The computer has no network; goes on when it is back. */
    | { kind: 'offline' }
    /**
     * `busy`: the service asked for a pause. `retryAt`: Unix milliseconds of the next try by itself;
     * absent when there is none any more. `diskFull`: the service has no room, whoever asks.
     */
    | { kind: 'network' | 'server' | 'busy'; retryAt?: number; diskFull?: true }
    /** `free`: bytes; absent when the service alone said that there is no room. */
    | { kind: 'storage'; free?: number }
    /**
     * `closed`: the browser was, and the file was too large to be kept. `changed`: it is no longer
     * what it was, or is gone. `other`: the one that was chosen is another one.
     */
    | { kind: 'choose-again'; why: 'closed' | 'changed' | 'other' }
    /** It was given by somebody else than who is signed in now. */
    | { kind: 'other-account'; email: string }
    /** `origin` is a match pattern, for example `https://cdn.example.com/*`. */
    | { kind: 'permission'; origin: string; host: string }
  ) & {
    /** What has led to it, for support; as {@link Failure.detail}. */
    trace?: string;
  };

export type FailureCode =
  | 'image-gone'
  | 'image-needs-sign-in'
  | 'not-an-image'
  | 'not-media'
  /** A film that the page fetches in pieces: there is no file to share. */
  | 'media-streamed'
  | 'page-forbids'
  /** Only what the window shows can be shared of the page. */
  | 'page-forbids-script'
  /** The browser gives no picture of the page. */
  | 'page-hidden'
  | 'page-left'
  /** It is in a frame or has changed, so that its place in the window is not known. */
  | 'picture-not-seen'
  | 'share-gone'
  /** The service takes no file of this size, however much room there is. */
  | 'too-large'
  | 'refused'
  | 'unknown';

export interface Failure {
  code: FailureCode;
  /** For support, never shown by itself. Holds no name, no address and no secret. */
  detail: string;
  /** Bytes that a file may have at most, of one that is too large; absent where nobody told. */
  limit?: number;
}

export type JobState =
  /** The picture is being read from its page. */
  | { name: 'capturing' }
  | { name: 'captured' }
  | { name: 'announced'; link: Announcement }
  | { name: 'sending'; link: Announcement }
  | { name: 'finishing'; link: Announcement }
  | { name: 'done'; link: Announcement }
  | { name: 'waiting'; reason: WaitReason; link?: Announcement }
  /** By the user. `was`: what it goes back to, if its bytes were not at hand. */
  | { name: 'paused'; link?: Announcement; was?: JobState }
  | { name: 'failed'; failure: Failure; link?: Announcement }
  | { name: 'cancelled'; link?: Announcement; was?: JobState };

export type JobEvent =
  /** The bytes are at hand. */
  | { type: 'captured' }
  | { type: 'announced'; link: Announcement }
  | { type: 'started' }
  /** All bytes have left; the service has not answered yet. */
  | { type: 'sent' }
  /** Services that give links last give them here. */
  | { type: 'stored'; link?: StoredLink }
  /** What was sending it is gone. */
  | { type: 'interrupted' }
  | { type: 'blocked'; reason: WaitReason }
  | { type: 'failed'; failure: Failure }
  | { type: 'paused' }
  | { type: 'resumed' }
  /** What has been sent is given up: the file begins anew, with a new announcement. */
  | { type: 'restarted' }
  | { type: 'cancelled' };

export type JobSource =
  | { kind: 'file' }
  /** Selected on a page. */
  | { kind: 'text' }
  /** A picture, film or sound of a page; its address, to read it again. */
  | {
      kind: 'picture';
      src: string;
      pageTitle: string;
      media?: MediaKind;
      /** Where it was shown, as long as the browser runs. */
      page?: { tabId: number; frameId: number };
      /** Of that page, as far as the browser tells. */
      pageUrl?: string;
    }
  /** `shape` is absent in what an earlier version has kept. */
  | { kind: 'screenshot'; tabId: number; shape?: ScreenshotShape };

export interface Job {
  id: JobId;
  batch: BatchId;
  /** From a private window: in memory only. */
  private?: true;
  /** Of the share; absent when it is called after its first file. */
  title?: string;
  /** What the share is to be called instead, once it is there; empty for no title. */
  retitle?: string;
  /** Unix milliseconds; jobs are listed and sent in this order. */
  createdAt: number;
  source: JobSource;
  /** Whose it is; absent when nobody was signed in, then it belongs to whoever signs in next. */
  owner?: Owner;
  /** The file is added to a share that was there before its batch, and outlives it. */
  added?: boolean;
  name: string;
  /** Bytes; unknown until the picture has been read. */
  size?: number;
  /** Small picture as a data URL. */
  thumbnail?: string;
  /** The share that was made for its batch, from before its files are announced. */
  share?: ShareRef;
  /**
   * Unix milliseconds since when an announcement has been asked for whose answer is not known. What
   * it may have made is looked for before it is asked for again.
   */
  asked?: number;
  /** Of the Live connection that it is announced with. */
  session?: string;
  /** What the file replaces: removed before the file is announced anew. */
  former?: FileRef;
  /** It was being sent before: the service may have some of it, or all. */
  begun?: boolean;
  /** Failed tries in a row. */
  tries?: number;
  /** Bytes that had left when it last stopped. */
  sent?: number;
  /** Bytes that the service had when it was last tried. */
  kept?: number;
  state: JobState;
}

type Facts = Omit<Job, 'id' | 'batch' | 'createdAt' | 'source' | 'added' | 'private' | 'state'>;

/** What can change of a job besides its state; `undefined` forgets. */
export type JobFacts = { [K in keyof Facts]?: Facts[K] | undefined };

export function linkOf(state: JobState): Announcement | undefined {
  return 'link' in state ? state.link : undefined;
}

export function wasOf(state: JobState): JobState | undefined {
  return 'was' in state ? state.was : undefined;
}

/** Whether its picture is being read, also while nobody waits for that. */
export function isCapturing({ state }: Job): boolean {
  return (wasOf(state) ?? state).name === 'capturing';
}

/** Whether the job still has something to do, by itself or with the user's help. */
export function isUnfinished({ state }: Job): boolean {
  return state.name !== 'done' && state.name !== 'cancelled';
}

const ACTIVE: ReadonlySet<JobState['name']> = new Set([
  'capturing',
  'captured',
  'announced',
  'sending',
  'finishing',
]);

/** Whether a wait ends by itself, when the network or the service is back. */
export function waitsForService(state: JobState): boolean {
  if (state.name !== 'waiting') return false;
  const { reason } = state;
  if (reason.kind === 'offline') return true;
  return isRetry(reason) && reason.retryAt !== undefined;
}

export type RetryReason = Extract<WaitReason, { kind: 'network' | 'server' | 'busy' }>;

/** Whether it is something that passes. */
export function isRetry(reason: WaitReason): reason is RetryReason {
  return reason.kind === 'network' || reason.kind === 'server' || reason.kind === 'busy';
}

/** Whether the job goes on without the user. */
export function isActive({ state }: Job): boolean {
  if (state.name === 'waiting') return waitsForService(state);
  return ACTIVE.has(state.name);
}

/** Whether the job stands still until the user does something about it. */
export function needsUser(job: Job): boolean {
  return isUnfinished(job) && !isActive(job) && job.state.name !== 'paused';
}
