import { formatBytes, formatCount } from './format.ts';

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

  previewOf: (name: string) => `Preview of ${name}`,
  textCut: (bytes: number) =>
    `The first ${formatBytes(bytes)} are shown. Download the file for all.`,
  emptyFile: 'This file is empty.',
  noPreview: 'There is no preview of this file.',
  cannotShow: 'This file cannot be shown here. You can download it.',

  waiting: 'Waiting for the sender',
  waitingShort: 'Not here yet',
  waitingBody: 'The link works already. The file appears here as soon as it arrives.',
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
    'Sign in to the Ge.tt Share extension with this server’s address. Then right-click any picture and choose “Share via Ge.tt”, or drop files on the toolbar button. Accounts are made by whoever runs this server.',
  buildTitle: 'You want to build on it',
  buildBody: 'The server speaks the Ge.tt API. This is its root:',
  serverAddress: 'Server address',
  apiAddress: 'API address',
  copyAddress: (what: string) => `Copy ${what.toLowerCase()}`,
} as const;
