import type { AccountId, Owner } from '../account/account.ts';
import {
  type Failure,
  type Job,
  type JobId,
  type JobState,
  linkOf,
  type WaitReason,
} from '../jobs/job.ts';
import { CAPABILITIES, type Capabilities, type ServiceKind } from '../services/capabilities.ts';
import type { Profile, ShareSummary } from '../services/share-service.ts';

/** What views show. Plain data; holds no secret, so that it may be kept for the next opening. */
export interface ViewState {
  account: AccountView;
  /** Every account, in the order in which they were added. */
  accounts: AccountItem[];
  /** Where a sign-in at Ge.tt begins. */
  server: string;
  /** The service has answered the last call, or none has been made yet. */
  reachable: boolean;
  /** What the browser says of the computer's network. */
  online: boolean;
  jobs: JobView[];
  /** The newest; older ones are asked for. */
  shares: ShareView[];
  /** There are older shares. */
  more: boolean;
  /** Grows with every change of the list of shares, the part that is not here included. */
  version: number;
  /** The list has been read from the service at least once. */
  loaded: boolean;
  /** The browser lets links be copied without a click. */
  mayCopy: boolean;
  /** The browser had no room for a file, so it is only held. */
  diskShort?: true;
  /** What can still be brought back. */
  removals: Removal[];
  /** What could not be deleted and is still there. */
  refused: RefusedRemoval[];
  copied?: CopiedNews;
  /** Shown in a private window; never kept. */
  private?: true;
}

/** The link that was copied last, for as long as that is news. */
export interface CopiedNews {
  url: string;
  /** Unix milliseconds; tells one copy of a link from the next. */
  at: number;
}

/** The account that is shown. */
export interface AccountView {
  status: 'signed-out' | 'signed-in' | 'ended';
  service: ServiceKind;
  server: string;
  id?: AccountId;
  profile?: Profile;
}

export interface AccountItem {
  id: AccountId;
  service: ServiceKind;
  server: string;
  profile: Profile;
  ended: boolean;
  shown: boolean;
  /** Pictures go there that are shared by right-click. */
  clicks: boolean;
  /** Where its files go, of `profile.places`. */
  place?: string;
  /** How many files of it are not shared yet. */
  waiting: number;
}

export interface JobView {
  id: JobId;
  batch: string;
  name: string;
  /** Of the share, where it has one. */
  title?: string;
  /** It is added to a share that was there before. */
  added?: true;
  size?: number;
  thumbnail?: string;
  /** Whose it is; absent when nobody was signed in. */
  owner?: Owner;
  /** When the link is there, or whether there will be one. */
  link: Capabilities['link'];
  state: JobState['name'];
  reason?: WaitReason;
  failure?: Failure;
  sharename?: string;
  url?: string;
  /** It is on a page, so that a picture can be taken of it. */
  shown?: true;
  /** Address of the page that was left before the picture was read. */
  page?: string;
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
  /** The shares that go, when they are several or called otherwise than the key. */
  sharenames?: string[];
  /** What it is called. */
  label: string;
  /** From a private window: in memory only. */
  private?: true;
  /** Unix milliseconds at which it is carried out. */
  due: number;
  /** Whose share it is. */
  owner?: Owner;
  /** The batch above whose row that of a cancelled one was; none where it was the last. */
  before?: string;
}

/** The shares that go with a removal, as far as it says. */
export function sharesOf({ kind, key, sharenames }: Removal): string[] {
  return sharenames ?? (kind === 'share' ? [key] : []);
}

/** Why something that was to be deleted is still there. */
export type RemovalProblem = 'network' | 'server' | 'sign-in' | 'refused';

/** Why something could not be done with a share. */
export type ShareProblem = RemovalProblem | 'gone';

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
  owner,
  state,
  source,
  added,
  title: known,
  retitle: title = known,
}: Job): JobView {
  const link = linkOf(state) ?? share;
  const target = linkOf(state)?.target;
  return {
    id,
    batch,
    name,
    ...(title && { title }),
    ...(added && { added }),
    ...(size !== undefined && { size }),
    ...(thumbnail !== undefined && { thumbnail }),
    ...(owner && { owner }),
    link: target && 'address' in target ? CAPABILITIES[target.address.service].link : 'first',
    state: state.name,
    ...(state.name === 'waiting' && { reason: state.reason }),
    ...(state.name === 'failed' && { failure: state.failure }),
    ...(state.name === 'failed' &&
      state.failure.code === 'page-left' &&
      source.kind === 'picture' &&
      source.pageUrl !== undefined && { page: source.pageUrl }),
    ...(link?.sharename && { sharename: link.sharename }),
    ...(link?.url !== undefined && { url: link.url }),
    ...(source.kind === 'picture' && source.page && !source.media && { shown: true as const }),
    ...(sent !== undefined && { sent }),
    ...(tries !== undefined && { tries }),
  };
}
