import type { Announcement } from '../jobs/job.ts';

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

/** What the extension asks of a service that turns files into links. */
export interface ShareService {
  signIn: (credentials: { email: string; password: string }) => Promise<Profile>;
  signOut: () => Promise<void>;
  profile: () => Promise<Profile>;
  /** The newest `count` shares. */
  list: (count: number) => Promise<SharePage>;
  /** Adds a file that has no bytes yet, to a share or to a new one; the link works from now on. */
  announce(
    filename: string,
    share: { sharename: string } | { title?: string },
  ): Promise<Announcement>;
  remove: (sharename: string) => Promise<void>;
}
