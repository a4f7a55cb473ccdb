/** What the events of the component tell, as their `detail`. All of them bubble out of it. */
export interface DropEvents {
  /** The link works from now on; the bytes follow. */
  'gett-link': { link: string; title: string; files: readonly string[] };
  /** Bytes have moved. */
  'gett-progress': { link: string; sent: number; total: number };
  /** Every file of the share is stored. */
  'gett-done': { link: string; title: string; files: readonly string[]; bytes: number };
  /** Something has gone wrong; people have been told `message`, and may try again. */
  'gett-error': { link?: string; message: string; error: unknown };
  /** Somebody has taken a share back. */
  'gett-cancel': { link?: string };
  /** Files wait for somebody to sign in: set `client` when that has happened. */
  'gett-sign-in': { files: number; ended: boolean };
}

declare global {
  interface GlobalEventHandlersEventMap {
    'gett-link': CustomEvent<DropEvents['gett-link']>;
    'gett-progress': CustomEvent<DropEvents['gett-progress']>;
    'gett-done': CustomEvent<DropEvents['gett-done']>;
    'gett-error': CustomEvent<DropEvents['gett-error']>;
    'gett-cancel': CustomEvent<DropEvents['gett-cancel']>;
    'gett-sign-in': CustomEvent<DropEvents['gett-sign-in']>;
  }
}
