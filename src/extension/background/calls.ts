import type { SignInForm, SignInResult } from '../account/account.ts';
import type { JobProgress } from '../jobs/host.ts';
import type { JobEvent, JobId, UploadTarget } from '../jobs/job.ts';
import type { ScreenshotShape } from '../platform/menu.ts';
import type { ViewState } from './view-state.ts';

/** What views and the upload host ask of the background. */
export interface BackgroundCalls {
  /** Answers with what is known at once, then reads the list anew. */
  'view.open': (input: null) => Promise<ViewState>;
  'account.signIn': (form: SignInForm) => Promise<SignInResult>;
  'account.signOut': (input: null) => Promise<void>;
  /** Answers when every file is on disk or held by the host: then the sender may close. */
  'files.share': (input: { files: File[] }) => Promise<void>;
  /** Gives a job its file again. `false` when the name is another one. */
  'files.again': (input: { id: JobId; file: File }) => Promise<boolean>;
  /** Tries everything in the batch again that stands still. */
  'batch.retry': (input: { batch: string }) => Promise<void>;
  /** Shares what was given by another account as the one that is signed in now. */
  'batch.adopt': (input: { batch: string }) => Promise<void>;
  'batch.cancel': (input: { batch: string; label: string }) => Promise<void>;
  'share.remove': (input: { sharename: string; label: string }) => Promise<void>;
  /** Begins the time to undo anew. */
  'removal.hold': (input: { key: string }) => Promise<void>;
  'removal.undo': (input: { key: string }) => Promise<void>;
  /** Takes a picture of the tab that is in front. */
  'screenshot.take': (input: { shape: ScreenshotShape }) => Promise<void>;
  /** Shares pictures as the window shows them, because their bytes may not be read. */
  'batch.asShown': (input: { batch: string }) => Promise<void>;
  'shares.more': (input: null) => Promise<void>;
  'job.report': (input: { id: JobId; event: JobEvent }) => Promise<void>;
}

/** What the background asks of the offscreen document. */
export interface HostCalls {
  hold: (input: { id: JobId; bytes: Blob }) => Promise<void>;
  drop: (input: { id: JobId }) => Promise<void>;
  send: (input: { id: JobId; target: UploadTarget }) => Promise<void>;
  stop: (input: { id: JobId }) => Promise<void>;
  status: (input: null) => Promise<{ held: JobId[]; running: JobId[] }>;
  preview: (input: { bytes: Blob }) => Promise<string | null>;
  copy: (input: { text: string }) => Promise<void>;
}

/** Names and contents of the broadcasts. */
export const VIEW_CHANNEL = 'gett-view';
export const PROGRESS_CHANNEL = 'gett-progress';
/** A view that has just opened asks for what is known; the host sends figures. */
export type ProgressNews = JobProgress | 'ask';
