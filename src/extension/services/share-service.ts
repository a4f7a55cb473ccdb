import type { Announcement, FileRef, ShareRef } from '../jobs/job.ts';

/** Who is signed in, as far as views need it. */
export interface Profile {
  /** Or the user name, where the service has no e-mail addresses. */
  email: string;
  name: string;
  /** Bytes; absent where the service does not tell. */
  storage?: {
    used: number;
    limit: number;
    /** Web page where there is more. */
    more?: string;
  };
  /** Where files can be put, at services that have several places: the account's buckets. */
  places?: Place[];
}

export interface Place {
  id: string;
  name: string;
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
  /** Absent at services without links. */
  url?: string;
  /** Unix milliseconds; absent where the service does not tell. */
  created?: number;
  downloads?: number;
  files: SharedFile[];
}

export interface SharePage {
  /** Newest first. */
  shares: ShareSummary[];
  /** There are older ones. */
  more: boolean;
}

/** A token and its secret, as OAuth 1.0a pairs them. */
export interface TokenPair {
  token: string;
  secret: string;
}

/** The question whether an application may act for an account. */
export interface ConsentQuestion {
  /** The page of the service where the user answers it, and gets a code. */
  url: string;
  /** Stands for the question; its secret goes with the answer. */
  request: TokenPair;
}

/** The user has consented. */
export interface Consent {
  /** Of the application, as the service has registered it. */
  app: TokenPair;
  request: TokenPair;
  /** As the service's page has shown it. */
  code: string;
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
  /** Begins a sign-in on the service's own page, so that no password is given away here. */
  askConsent?: (app: TokenPair) => Promise<ConsentQuestion>;
  signInByConsent?: (consent: Consent) => Promise<Profile>;
  signOut: () => Promise<void>;
  profile: () => Promise<Profile>;
  /** The newest `count` shares. */
  list: (count: number) => Promise<SharePage>;
  /**
   * Adds files that have no bytes yet; their links work from now on. By one call for all where the
   * service can. A service that gives links last tells neither share nor address yet.
   * @returns one for each file, in the order given
   */
  announce: (files: readonly NewFile[], options: AnnounceOptions) => Promise<Announcement[]>;
  remove: (sharename: string) => Promise<void>;
  /** Gives a share a title, or takes it away; absent where shares have none. */
  rename?: (sharename: string, title: string | undefined) => Promise<void>;
  removeFile: (file: FileRef) => Promise<void>;
  /** Whether all bytes of the file are there. */
  isStored: (file: FileRef) => Promise<boolean>;
  /** Finds what announcements have made whose answers were lost; absent where nothing can be found. */
  lost?: LostAnnouncements;
  /** Shares what lies on the service's own disk. */
  sharePath?: (path: string) => Promise<StoredLink>;
  /** Fetches a file and verifies it. */
  download?: (sharename: string) => Promise<Blob>;
  /** Tells who asks for a file that is on its way (spec section 6); absent where nobody can. */
  live?: LiveAccess;
}

/** What a service knows of a file that has been stored. */
export interface StoredLink {
  sharename: string;
  url?: string;
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
