import { formatBytes, formatCount, formatTimeLeft } from '../../common/format.ts';

const files = (count: number) => formatCount(count, 'file', 'files');

/** Every sentence of the component. Each can be replaced, see {@link GettDropElement.texts}. */
export interface DropTexts {
  invitation: string;
  inviteOne: string;
  chooseFiles: string;
  chooseFile: string;
  chooseFolder: string;
  dropToShare(count: number): string;
  nothingToShare: string;
  onlyOne: string;
  notAccepted(names: readonly string[]): string;
  tooLarge(names: readonly string[], limit: number): string;
  limits(bytes: number, days: number): string;
  noAnonymous: string;
  shareMany(count: number, bytes: number): string;
  share: string;
  notNow: string;
  shares: string;
  makingLink: string;
  linkReady(title: string): string;
  copyLink: string;
  copyLinkTo(title: string): string;
  copied: string;
  copyFailed: string;
  rename(title: string): string;
  title: string;
  renamed(title: string): string;
  notRenamed(title: string): string;
  sending(percent: string, facts: readonly string[]): string;
  filesDone(done: number, count: number): string;
  timeLeft(milliseconds: number): string;
  perSecond(bytes: number): string;
  finishing: string;
  done(count: number, bytes: number): string;
  titleShared(title: string): string;
  fileCount(count: number): string;
  fileWaiting: string;
  fileSent: string;
  fileFailed: string;
  cancel: string;
  cancelTitle(title: string): string;
  cancelled: string;
  cancelFile(name: string): string;
  fileCancelled(name: string): string;
  undo: string;
  undoFile(name: string): string;
  tryAgain: string;
  qrCode: string;
  qrCodeOf(link: string): string;
  offline: string;
  serverDown: string;
  serverProblem: string;
  tooMany(minutes: number | undefined): string;
  signInEnded: string;
  storageFull(bytes: number, free: number | undefined): string;
  anonymousFull(bytes: number, limit: number): string;
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
