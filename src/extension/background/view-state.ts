import {
  type Failure,
  type Job,
  type JobId,
  type JobState,
  linkOf,
  type WaitReason,
} from '../jobs/job.ts';
import type { Profile, ShareSummary } from '../services/share-service.ts';

/** What views show. Plain data; holds no secret, so that it may be kept for the next opening. */
export interface ViewState {
  account: AccountView;
  /** The service has answered the last call, or none has been made yet. */
  reachable: boolean;
  /** What the browser says of the computer's network. */
  online: boolean;
  jobs: JobView[];
  /** Newest first. */
  shares: ShareView[];
  /** There are older shares at the service. */
  more: boolean;
  /** The list has been read from the service at least once. */
  loaded: boolean;
  /** What can still be brought back. */
  removals: Removal[];
  /** What could not be deleted and is still there. */
  refused: RefusedRemoval[];
  copied?: CopiedNews;
}

/** The link that was copied last, for as long as that is news. */
export interface CopiedNews {
  url: string;
  /** Unix milliseconds; tells one copy of a link from the next. */
  at: number;
}

export interface AccountView {
  status: 'signed-out' | 'signed-in' | 'ended';
  server: string;
  profile?: Profile;
}

export interface JobView {
  id: JobId;
  batch: string;
  name: string;
  size?: number;
  thumbnail?: string;
  state: JobState['name'];
  reason?: WaitReason;
  failure?: Failure;
  sharename?: string;
  url?: string;
  /** It is on a page, so that a picture can be taken of it. */
  shown?: true;
  /** Bytes that had left when it last stopped. */
  sent?: number;
  /** Failed tries in a row. */
  tries?: number;
}

export interface ShareView extends ShareSummary {
  thumbnail?: string;
}

/** Something that was deleted or cancelled, and can be brought back until it is carried out. */
export interface Removal {
  key: string;
  kind: 'share' | 'batch';
  /** What it is called. */
  label: string;
  /** Unix milliseconds at which it is carried out. */
  due: number;
}

/** Why something that was to be deleted is still there. */
export type RemovalProblem = 'network' | 'server' | 'sign-in' | 'refused';

export interface RefusedRemoval {
  sharename: string;
  problem: RemovalProblem;
}

export function jobView({
  id,
  batch,
  name,
  size,
  thumbnail,
  share,
  sent,
  tries,
  state,
  source,
}: Job): JobView {
  const link = linkOf(state) ?? share;
  return {
    id,
    batch,
    name,
    ...(size !== undefined && { size }),
    ...(thumbnail !== undefined && { thumbnail }),
    state: state.name,
    ...(state.name === 'waiting' && { reason: state.reason }),
    ...(state.name === 'failed' && { failure: state.failure }),
    ...(link && { sharename: link.sharename, url: link.url }),
    ...(source.kind === 'picture' && source.page && !source.media && { shown: true as const }),
    ...(sent !== undefined && { sent }),
    ...(tries !== undefined && { tries }),
  };
}
