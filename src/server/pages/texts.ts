import { formatBytes, formatCount } from '../../common/format.ts';

/** Every sentence of the pages, in one place. */
export const texts = {
  product: 'Ge.tt Share',
  brand: 'Ge.tt',
  footer: 'Files are shown as they were sent. Open what you download only if you trust the sender.',
  skip: 'Skip to content',

  download: 'Download',
  downloadNow: 'Start the download',
  downloadAll: 'Download all',
  downloadFile: (name: string) => `Download ${name}`,
  copy: 'Copy',
  copyLink: 'Copy link',
  copied: 'Link copied',
  copiedShort: 'Copied',
  copyFailed: 'Copy the address from the address bar',
  untitled: 'Shared files',
  sharedBy: (name: string) => `Shared by ${name}`,
  partOf: 'Part of',
  fileCount: (count: number) => formatCount(count, 'file', 'files'),
  fileAndSize: (filename: string, size: string) => `${filename}, ${size}`,
  filesOf: 'Files',

  until: (date: string) => `Available until ${date}`,
  soFar: (name: string) => `What has arrived of ${name}`,
  previewOf: (name: string) => `Preview of ${name}`,
  textCut: (bytes: number) =>
    `The first ${formatBytes(bytes)} are shown. Download the file for all.`,
  emptyFile: 'This file is empty.',
  noPreview: 'There is no preview of this file.',
  cannotShow: 'This file cannot be shown here. You can download it.',

  waiting: 'Waiting for the sender',
  waitingShort: 'Not here yet',
  waitingBody: 'The link works already. The file appears here as soon as it arrives.',
  senderOnline: 'The sender is online',
  senderOnlineShort: 'Ready to be sent',
  senderOnlineBody:
    'It starts when you begin the download: the bytes come straight from the sender.',
  uploading: 'On its way',
  uploadingShort: 'Uploading',
  uploadingBody: 'You can start the download now: the bytes follow as they arrive.',
  progress: (received: number, size: number | undefined) =>
    size === undefined
      ? `${formatBytes(received)} so far`
      : `${formatBytes(received)} of ${formatBytes(size)}`,

  emptyShare: 'Nothing here yet',
  emptyShareBody: 'The link works already. Files appear here as soon as the sender adds them.',

  removedFile: 'This file was removed',
  removedFileBody: 'Its owner has taken it back. If you still need it, ask them for a new link.',
  removedShare: 'This share was removed',
  removedShareBody: 'Its owner has taken it back. If you still need it, ask them for a new link.',
  expiredShare: 'This share has run out',
  expiredShareBody:
    'It was made without an account, and such shares are kept for a time only. If you still need it, ask for a new link.',
  storageLimit: 'This file did not fit',
  storageLimitShort: 'Did not fit',
  storageLimitBody:
    'The sender’s storage is full. It appears here once they have made room and sent it again.',
  violatedTerms: 'This file is not available',
  violatedTermsShort: 'Not available',
  violatedTermsBody: 'It was taken down because it broke the rules of this server.',
  notFound: 'There is nothing at this address',
  notFoundBody: 'Check the link for a missing letter, or ask the person who sent it.',
  toStart: 'What is Ge.tt Share?',

  landingTitle: 'From a picture or a file to a link',
  landingLead:
    'This is a Ge.tt Share server. What people share here gets a link at once, and the link works while the bytes are still on their way.',
  receiveTitle: 'You were sent a link',
  receiveBody: 'Open it. Nothing to install, no account. Look at the file, or download it.',
  shareTitle: 'You want to share',
  shareBody:
    'Sign in on this page, or in the Ge.tt Share extension with this server’s address: there a right-click on any picture is enough. Accounts are made by whoever runs this server.',
  buildTitle: 'You want to build on it',
  buildBody: 'The server speaks the Ge.tt API. This is its root:',
  serverAddress: 'Server address',
  apiAddress: 'API address',
  dropPanel: 'Share from here',
  dropNeedsScript:
    'Sharing from this page needs JavaScript, which is switched off. The extension and every program that speaks the Ge.tt API work without this page.',
  signInTitle: 'Share from here',
  signInBody: 'Sign in, then drop your files. The link is there before they are.',
  signInForFiles: (count: number) =>
    `Sign in to share ${formatCount(count, 'file', 'files')}. Nothing is lost meanwhile.`,
  email: 'E-mail',
  password: 'Password',
  keepSignedIn: 'Keep me signed in',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedIn: 'Signed in. Choose files, or drop them anywhere on the page.',
  wrongPassword: 'E-mail or password is not right.',
  tooManyTries: 'Too many tries. Wait a few minutes, then try again.',

  signInEnded: 'Please sign in again. Your files are kept here.',
  signInFailed: 'The sign-in did not work. Try again in a moment.',
  accountHelp: 'No account, or password forgotten?',
  serverDown: 'This server does not answer. Try again in a moment.',
  haveAccount: 'You have an account here?',

  accountTitle: 'An account on this server',
  accountBody:
    'Accounts are made by the people who run this server, and so are new passwords. Ask them for yours.',
  operatorTitle: 'You run it?',
  operatorBody:
    'Type this where the server runs, with its data folder if that is not the usual one.',
  newAccount: 'A new account',
  newPassword: 'A new password',
  newPasswordNote: 'A new password signs its user out everywhere.',

  embedTitle: 'You want this on a page of yours',
  embedBody: 'Two lines, and people drop files there that are shared from here:',
  embedCode: 'The two lines',

  copyAddress: (what: string) => `Copy ${what.toLowerCase()}`,
} as const;
