import { formatBytes, formatCount, formatTimeLeft } from '../../common/format.ts';

const files = (count: number) => formatCount(count, 'file', 'files');

/** Every sentence of the component. Each can be replaced, see {@link GettDropElement.texts}. */
export interface DropTexts {
  invitation: string;
  inviteOne: string;
  chooseFiles: string;
  chooseFile: string;
  chooseFolder: string;
  /** Over the place, while so many files are held above it. */
  dropToShare(count: number): string;
  nothingToShare: string;
  onlyOne: string;
  /** Names of files and folders that the browser may not or cannot read. */
  notRead(names: readonly string[]): string;
  /** Names of files that `accept` leaves out. */
  notAccepted(names: readonly string[]): string;
  /** Names of files larger than `max-size`, with that limit in bytes. */
  tooLarge(names: readonly string[], limit: number): string;
  /** Below the place, for people without an account: bytes of a share, days it is kept. */
  limits(bytes: number, days: number): string;
  noAnonymous: string;
  /** Asked before very many files, or bytes, are shared. */
  shareMany(count: number, bytes: number): string;
  share: string;
  notNow: string;
  shares: string;
  makingLink: string;
  /** Told to screen readers when the link is there. */
  linkReady(title: string): string;
  copyLink: string;
  /** Name of the button for screen readers, which hear it apart from its share. */
  copyLinkTo(title: string): string;
  copied: string;
  copyFailed: string;
  /** Name of the pencil beside the title. */
  rename(title: string): string;
  title: string;
  /** Told to screen readers. */
  renamed(title: string): string;
  /** `title` is the one that stays. */
  notRenamed(title: string): string;
  /** `percent` is ready to show; the facts are those of `filesDone`, `timeLeft` and `perSecond`. */
  sending(percent: string, facts: readonly string[]): string;
  /** How many of the files of a share are stored. */
  filesDone(done: number, count: number): string;
  /** Milliseconds. */
  timeLeft(milliseconds: number): string;
  /** Bytes a second. */
  perSecond(bytes: number): string;
  finishing: string;
  /** A share that is stored: its files and their bytes together. */
  done(count: number, bytes: number): string;
  /** Told to screen readers when all is stored. */
  titleShared(title: string): string;
  /** Files of a share, as a word of their own. */
  fileCount(count: number): string;
  fileWaiting: string;
  fileSent: string;
  fileFailed: string;
  cancel: string;
  /** Name of the button for screen readers. */
  cancelTitle(title: string): string;
  cancelled: string;
  /** Name of the button beside one file. */
  cancelFile(name: string): string;
  /** Told to screen readers; `undoFile` takes it back. */
  fileCancelled(name: string): string;
  undo: string;
  /** Name of the button for screen readers. */
  undoFile(name: string): string;
  tryAgain: string;
  qrCode: string;
  /** Text in place of the picture. */
  qrCodeOf(link: string): string;
  offline: string;
  serverDown: string;
  serverProblem: string;
  /** Minutes until the server takes files again; `undefined` when it does not say. */
  tooMany(minutes: number | undefined): string;
  signInEnded: string;
  /** Bytes of the share, and those free in the account; `undefined` when not known. */
  storageFull(bytes: number, free: number | undefined): string;
  /** Bytes of the share, and those allowed without an account. */
  anonymousFull(bytes: number, limit: number): string;
  /** The file on the disk is another than the one chosen. */
  fileChanged(name: string): string;
  shareGone: string;
  unknownProblem: string;
}

/** What `<gett-drop>` says unless `texts` replaces it. */
export const englishTexts: DropTexts = {
  invitation: 'Drop files or a folder here, or paste',
  inviteOne: 'Drop a file here, or paste',
  chooseFiles: 'Choose files',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose folder',
  dropToShare: (count) => `Drop to share ${files(count)}`,
  nothingToShare: 'There was no file in that. Choose a file, or a folder with files.',
  onlyOne: 'One file at a time can be shared here; the first was taken.',
  notRead: (names) => `Left out, because it cannot be read: ${names.join(', ')}.`,
  notAccepted: (names) => `Left out, because this place takes other kinds: ${names.join(', ')}.`,
  tooLarge: (names, limit) =>
    `Left out, because more than ${formatBytes(limit)}: ${names.join(', ')}.`,
  limits: (bytes, days) =>
    `Up to ${formatBytes(bytes)} a share, kept for ${formatCount(days, 'day', 'days')}.`,
  noAnonymous: 'This server shares files of people with an account only.',
  shareMany: (count, bytes) => `Share ${files(count)} with ${formatBytes(bytes)}?`,
  share: 'Share',
  notNow: 'Not now',
  shares: 'Shares of this visit',
  makingLink: 'Making the link…',
  linkReady: (title) => `The link to ${title} works already. Files follow.`,
  copyLink: 'Copy link',
  copyLinkTo: (title) => `Copy link to ${title}`,
  copied: 'Link copied',
  copyFailed: 'The link could not be copied. Select it and copy it yourself.',
  rename: (title) => `Rename ${title}`,
  title: 'Title of the share',
  renamed: (title) => `The title is ${title} now.`,
  notRenamed: (title) => `The title could not be changed; it is still ${title}. Try again.`,
  sending: (percent, facts) => [percent, ...facts].join(' · '),
  filesDone: (done, count) => `${done} of ${files(count)}`,
  timeLeft: formatTimeLeft,
  perSecond: (bytes) => `${formatBytes(bytes)}/s`,
  finishing: 'Finishing…',
  done: (count, bytes) => `Shared · ${files(count)} · ${formatBytes(bytes)}`,
  titleShared: (title) => `${title} is shared`,
  fileCount: files,
  fileWaiting: 'Waiting',
  fileSent: 'Shared',
  fileFailed: 'Not sent',
  cancel: 'Cancel',
  cancelTitle: (title) => `Cancel ${title}`,
  cancelled: 'Cancelled. The link stops working in a moment.',
  cancelFile: (name) => `Leave out ${name}`,
  fileCancelled: (name) => `${name} is left out.`,
  undo: 'Undo',
  undoFile: (name) => `Undo leaving out ${name}`,
  tryAgain: 'Try again',
  qrCode: 'QR code',
  qrCodeOf: (link) => `QR code of ${link}`,
  offline: 'You are offline. Your files are kept here; it goes on when you are back.',
  serverDown: 'This server does not answer. Your files are kept here; try again in a moment.',
  serverProblem: 'This server has a problem. Your files are kept here; try again in a moment.',
  tooMany: (minutes) =>
    minutes === undefined
      ? 'Too many at once. Your files are kept here; try again in a moment.'
      : `Too many files for one hour. Your files are kept here; try again in ${formatCount(minutes, 'minute', 'minutes')}.`,
  signInEnded: 'Please sign in again. Your files are kept here.',
  storageFull: (bytes, free) =>
    `${formatBytes(bytes)} do not fit${
      free === undefined ? ' into your storage' : `; ${formatBytes(free)} are free`
    }. Remove something, then try again.`,
  anonymousFull: (bytes, limit) =>
    `${formatBytes(bytes)} are too much: without an account a share may have ${formatBytes(limit)}. Choose fewer files, or sign in.`,
  fileChanged: (name) =>
    `${name} has changed or moved since you chose it. Cancel this share and choose it again.`,
  shareGone: 'This share was deleted meanwhile. Choose the files again for a new link.',
  unknownProblem: 'Something went wrong. Your files are still here; try again.',
};
