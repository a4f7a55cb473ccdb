import type { Logger } from 'pino';
import type { LiveFileRef, LiveMessage } from '../../protocol/live.ts';
import type { FileKey, ShareStore } from '../metadata/store.ts';
import type { UploadObserver } from '../transfers/uploads.ts';
import type { LiveHub } from './hub.ts';

/** Turns what happens to files into messages, in the order of events (spec section 6.4). */
export class LiveNotifier implements UploadObserver {
  #sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly hub: LiveHub,
    private readonly shares: Pick<ShareStore, 'announced'>,
    private readonly log: Logger,
  ) {}

  /** Somebody asks for the bytes. */
  download(file: FileKey, increment: boolean): void {
    this.#send(file, (ref) => ({ type: 'download', ...ref, increment }));
  }

  sizeKnown(file: FileKey, size: number): void {
    this.#send(file, (ref) => ({ type: 'filestat', ...ref, size }));
  }

  storageLimit(file: FileKey): void {
    this.#send(file, (ref) => ({ type: 'storagelimit', ...ref }));
  }

  violatedTerms(file: FileKey, reason: string): void {
    this.#send(file, (ref) => ({ type: 'violatedterms', ...ref, reason }));
  }

  /** Nothing is kept for somebody who is not connected. */
  #send(file: FileKey, message: (ref: LiveFileRef) => LiveMessage): void {
    if (this.hub.isEmpty) return;
    this.#sending = this.#sending
      .then(async () => {
        const announced = await this.shares.announced(file);
        if (!announced) return;
        const { sharename, filename } = announced;
        this.hub.send(announced, message({ sharename, filename, fileid: String(file.fileid) }));
      })
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'a Live message could not be sent');
      });
  }
}
