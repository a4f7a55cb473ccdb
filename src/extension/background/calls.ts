import type {
  AccountId,
  ConsentInquiry,
  ConsentResult,
  Owner,
  SignInForm,
  SignInResult,
} from '../account/account.ts';
import type { Expected, Figures, JobProgress } from '../jobs/host.ts';
import type { FileRef, JobEvent, JobId, UploadTarget } from '../jobs/job.ts';
import type { LiveNeed, LiveToken } from '../jobs/live.ts';
import type { ScreenshotShape } from '../platform/menu.ts';
import type { ServiceHost } from '../services/remote.ts';
import type { StoredLink } from '../services/share-service.ts';
import type { GivenFiles } from './intake.ts';
import type { Found, ShareQuery } from './share-query.ts';
import type { ShareProblem, ViewState } from './view-state.ts';

/** What views and the upload host ask of the background. */
export interface BackgroundCalls {
  /** Answers with what is known at once, then reads the list anew. */
  'view.open': (input: null) => Promise<ViewState>;
  'account.signIn': (form: SignInForm) => Promise<SignInResult>;
  /** Begins a sign-in on the service's own page. */
  'account.askConsent': (inquiry: ConsentInquiry) => Promise<ConsentResult>;
  'account.signOut': (input: { id: AccountId }) => Promise<void>;
  /** Where the next sign-in at Ge.tt begins. */
  'account.server': (input: { server: string }) => Promise<void>;
  'account.show': (input: { id: AccountId }) => Promise<void>;
  /** Which account pictures go to that are shared by right-click. */
  'account.clicks': (input: { id: AccountId }) => Promise<void>;
  'account.place': (input: { id: AccountId; place: string }) => Promise<void>;
  /** Answers when every file is on disk or held by the host: then the sender may close. */
  'files.share': (input: GivenFiles) => Promise<void>;
  /** A picture that was dragged out of the page in front. */
  'picture.share': (input: { src: string }) => Promise<void>;
  /** Gives a job its file again, if it turns out to be that file. */
  'files.again': (input: { id: JobId; file: File }) => Promise<void>;
  /** Shares the file that was chosen instead of the one that was meant; the link stays. */
  'files.replace': (input: { id: JobId }) => Promise<void>;
  /** Goes on at once with everything that stands still: in one batch, or in all. */
  'jobs.resume': (input: { batch?: string }) => Promise<void>;
  'jobs.pause': (input: { batch?: string }) => Promise<void>;
  /** Shares what was given by another account as the one that is signed in now. */
  'batch.adopt': (input: { batch: string }) => Promise<void>;
  /** As `share.rename`, for a share that is on its way and may have no name yet. */
  'batch.rename': (input: {
    batch: string;
    sharename: string;
    title: string | null;
  }) => Promise<ShareProblem | null>;
  /** Goes on without a file that cannot be shared. */
  'job.leaveOut': (input: { id: JobId }) => Promise<void>;
  'batch.cancel': (input: { batch: string; label: string }) => Promise<void>;
  /** Shares what lies on the service's own disk. */
  'share.path': (input: { path: string }) => Promise<ShareReply<StoredLink>>;
  /** Fetches a file and verifies it. */
  'share.download': (input: { sharename: string }) => Promise<ShareReply<Blob>>;
  /** Forgets what is kept of shares on this computer; at the service they stay. */
  'history.clear': (input: null) => Promise<void>;
  /** Deletes shares, after the time to undo it. */
  'shares.remove': (input: { sharenames: string[]; label: string }) => Promise<void>;
  /** Resolves with what stands in the way; the old title is back then. */
  'share.rename': (input: {
    sharename: string;
    /** `null` takes it away. */
    title: string | null;
  }) => Promise<ShareProblem | null>;
  /** Begins the time to undo anew. */
  'removal.hold': (input: { key: string }) => Promise<void>;
  'removal.undo': (input: { key: string }) => Promise<void>;
  /** Takes a picture of the tab that is in front. */
  'screenshot.take': (input: { shape: ScreenshotShape }) => Promise<void>;
  /** Shares pictures as the window shows them, because their bytes may not be read. */
  'batch.asShown': (input: { batch: string }) => Promise<void>;
  'shares.find': (query: ShareQuery) => Promise<Found>;
  /** Reads what is not known of the list yet. Resolves with whether all is known now. */
  'shares.readAll': (input: null) => Promise<boolean>;
  'job.report': (input: { id: JobId; event: JobEvent; figures?: Figures }) => Promise<void>;
  /** A good access token of the account. */
  'live.token': (input: { owner: Owner }) => Promise<LiveToken>;
  /** Somebody asks for a file. */
  'live.wanted': (input: FileRef) => Promise<void>;
  'network.changed': (input: { online: boolean }) => Promise<void>;
}

/** The answer to a call that views wait for. */
export type ShareReply<T> = { ok: true; value: T } | { ok: false; problem: ShareProblem };

type ServiceHostCalls = { [K in keyof ServiceHost as `service.${K}`]: ServiceHost[K] };

/** What the background asks of the offscreen document. */
export interface HostCalls extends ServiceHostCalls {
  hold: (input: { id: JobId; bytes: Blob; again?: Expected }) => Promise<void>;
  drop: (input: { id: JobId }) => Promise<void>;
  accept: (input: { id: JobId }) => Promise<{ name: string; size: number } | null>;
  send: (input: { id: JobId; target: UploadTarget; again: boolean }) => Promise<void>;
  stop: (input: { id: JobId }) => Promise<Figures | null>;
  status: (input: null) => Promise<{ held: JobId[]; running: JobId[] }>;
  preview: (input: { bytes: Blob }) => Promise<string | null>;
  copy: (input: { text: string }) => Promise<void>;
  listen: (input: { needs: LiveNeed[] }) => Promise<void>;
}

/** Names and contents of the broadcasts. */
export const VIEW_CHANNEL = 'gett-view';
export const PROGRESS_CHANNEL = 'gett-progress';
/** A view that has just opened asks for what is known; the host sends figures. */
export type ProgressNews = JobProgress | 'ask';
