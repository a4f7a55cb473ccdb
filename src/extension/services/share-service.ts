import type { Announcement, FileRef, ShareRef } from '../jobs/job.ts';

/** Who is signed in, as far as views need it. */
export interface Profile {
  email: string;
  name: string;
  /** Bytes. */
  storage: { used: number; limit: number };
}

export interface SharedFile {
  name: string;
  size?: number;
  /** Address of a small picture at the service, for pictures that are stored there. */
  thumbnailUrl?: string;
}

export interface ShareSummary {
  sharename: string;
  title?: string;
  url: string;
  /** Unix milliseconds. */
  created: number;
  downloads: number;
  files: SharedFile[];
}

export interface SharePage {
  /** Newest first. */
  shares: ShareSummary[];
  /** There are older ones. */
  more: boolean;
}

/** What is said of a file before its bytes. */
export interface NewFile {
  name: string;
  size?: number;
}

export interface AnnounceOptions {
  /** Where the files go; by default into a new share. */
  share?: ShareRef;
  /** Of the new share. */
  title?: string;
  /** Of the Live connection that tells who asks for the files. */
  session?: string;
  /** Awaited when a new share is there, before its files are announced. */
  made?: (share: ShareRef) => Promise<void>;
}

/** What the extension asks of a service that turns files into links. */
export interface ShareService {
  signIn: (credentials: { email: string; password: string }) => Promise<Profile>;
  signOut: () => Promise<void>;
  profile: () => Promise<Profile>;
  /** The newest `count` shares. */
  list: (count: number) => Promise<SharePage>;
  /**
   * Adds files that have no bytes yet; their links work from now on. By one call for all where the
   * service can.
   * @returns one for each file, in the order given
   */
  announce: (files: readonly NewFile[], options: AnnounceOptions) => Promise<Announcement[]>;
  remove: (sharename: string) => Promise<void>;
  removeFile: (file: FileRef) => Promise<void>;
  /** Whether all bytes of the file are there. */
  isStored: (file: FileRef) => Promise<boolean>;
  /** Finds what announcements have made whose answers were lost; absent where nothing can be found. */
  lost?: LostAnnouncements;
  /** Tells who asks for a file that is on its way (spec section 6); absent where nobody can. */
  live?: LiveAccess;
}

export interface LostAnnouncements {
  /** A share without files and with this title, made not before this time (Unix milliseconds). */
  share: (title: string | undefined, since: number) => Promise<ShareRef | undefined>;
  /** The files of a share that have no bytes yet. */
  files: (share: ShareRef) => Promise<UnsentFile[]>;
}

export interface UnsentFile extends NewFile, FileRef {
  /** Where its bytes go. */
  claim: () => Promise<Announcement>;
}

export interface LiveAccess {
  /** API root of the service. */
  baseUrl: string;
  accessToken: () => Promise<string>;
}
