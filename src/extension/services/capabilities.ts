/** The services that files can be shared with. */
export type ServiceKind = 'gett' | 'smartfile' | 'bridge' | 'jetstream';

/** What a service can do, so that the interface promises nothing else. */
export interface Capabilities {
  /** Takes files from this computer; otherwise it shares what lies on its own disk, by path. */
  uploads: boolean;
  /** When the link is there: before the bytes, after them, or never. */
  link: 'first' | 'last' | 'never';
  /** A share can hold several files; otherwise each file is one. */
  severalFiles: boolean;
  list: boolean;
  rename: boolean;
  remove: boolean;
  /** An upload goes on where it broke off; otherwise it starts again. */
  resumable: boolean;
  /** The link gives the bytes that have arrived so far. */
  earlyReaders: boolean;
  /** Fetches a file again through the extension, and verifies it. */
  download: boolean;
  /** Can be entered on the service's own page too, without giving a password away here. */
  consent: boolean;
}

export const CAPABILITIES: Readonly<Record<ServiceKind, Capabilities>> = {
  gett: {
    uploads: true,
    link: 'first',
    severalFiles: true,
    list: true,
    rename: true,
    remove: true,
    resumable: true,
    earlyReaders: true,
    download: false,
    consent: false,
  },
  smartfile: {
    uploads: true,
    link: 'last',
    severalFiles: false,
    list: true,
    rename: false,
    remove: true,
    resumable: false,
    earlyReaders: false,
    download: false,
    consent: true,
  },
  bridge: {
    uploads: true,
    link: 'never',
    severalFiles: false,
    list: true,
    rename: false,
    remove: true,
    resumable: false,
    earlyReaders: false,
    download: true,
    consent: false,
  },
  jetstream: {
    uploads: false,
    link: 'last',
    severalFiles: false,
    list: true,
    rename: false,
    remove: true,
    resumable: false,
    earlyReaders: false,
    download: false,
    consent: false,
  },
};
