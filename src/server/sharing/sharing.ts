import {
  type GettFile,
  type GettShare,
  type GettUpload,
  type GettUser,
  SHARENAME,
} from '../../protocol/shapes.ts';
import type { Grant } from '../accounts/signatures.ts';
import type { AwaitedFile } from '../live/early-readers.ts';
import type { Presence } from '../live/hub.ts';
import type {
  FileKey,
  FileRecord,
  MetadataStore,
  NewFile,
  ShareRecord,
  StoredBlob,
  UserRecord,
} from '../metadata/store.ts';
import type { Uploads } from '../transfers/uploads.ts';
import type { DownloadCounters } from './counters.ts';
import { describeFile, describeShare, isListed } from './describe.ts';
import type { Urls } from './urls.ts';
import type { ShareChanges } from './watch.ts';

export interface FoundFile {
  share: ShareRecord;
  file: FileRecord;
}

export interface SharingDeps {
  store: MetadataStore;
  uploads: Uploads;
  counters: DownloadCounters;
  urls: Urls;
  presence: Presence;
  changes: ShareChanges;
  /** Storage limit of users who have none of their own; bytes. */
  storageLimit: number;
  /** Page where users get more. */
  moreStorage?: string;
  onTrash(): void;
}

/** Shares and files as the wire knows them, and the operations on them. */
export class Sharing {
  constructor(private readonly deps: SharingDeps) {}

  /** Any text is allowed: what cannot be a name is just not found (spec section 1.2). */
  async findShare(sharename: string): Promise<ShareRecord | undefined> {
    return SHARENAME.test(sharename) ? this.deps.store.shares.byName(sharename) : undefined;
  }

  async findFile(share: ShareRecord, fileid: string): Promise<FileRecord | undefined> {
    if (!/^(0|[1-9]\d{0,14})$/.test(fileid)) return undefined;
    return this.deps.store.shares.file({ shareId: share.shareId, fileid: Number(fileid) });
  }

  async findBySharename(sharename: string, fileid: string): Promise<FoundFile | undefined> {
    const share = await this.findShare(sharename);
    const file = share && (await this.findFile(share, fileid));
    return file && { share, file };
  }

  /** The file of a signed URL; whether it has been removed is seen by whoever changes it. */
  async keyOf(grant: Pick<Grant, 'sharename' | 'fileid'>): Promise<FileKey | undefined> {
    const shareId = await this.deps.store.shares.idOf(grant.sharename);
    return shareId === undefined ? undefined : { shareId, fileid: Number(grant.fileid) };
  }

  /** @param expiresAt when it is removed by itself; Unix milliseconds */
  async createShare(
    owner: UserRecord,
    title: string | undefined,
    expiresAt?: number,
  ): Promise<GettShare> {
    const share = await this.deps.store.shares.create(owner.userId, title, expiresAt);
    return this.#describeShare(share, []);
  }

  async setTitle(share: ShareRecord, title: string | undefined): Promise<void> {
    await this.deps.store.shares.setTitle(share.shareId, title);
    this.deps.changes.emit(share.shareId);
  }

  async destroyShare(share: Pick<ShareRecord, 'shareId'>): Promise<void> {
    await this.deps.store.shares.remove(share.shareId);
    await this.deps.uploads.shareRemoved(share.shareId);
    this.deps.changes.emit(share.shareId);
    this.deps.onTrash();
  }

  /** Announces files, all of them or none: their owner may have no room, the share may be gone. */
  async createFiles(
    owner: UserRecord,
    share: ShareRecord,
    files: readonly NewFile[],
  ): Promise<GettFile[] | 'storagelimit' | 'gone'> {
    const announced = files.reduce((sum, { size = 0 }) => sum + size, 0);
    const { storageLimit = this.deps.storageLimit, storageUsed } = owner;
    if (announced > 0 && announced > storageLimit - storageUsed) return 'storagelimit';
    const records = await this.deps.store.shares.addFiles(share.shareId, files);
    if (!records) return 'gone';
    this.deps.changes.emit(share.shareId);
    return records.map((file) => ({
      ...this.describe(share, file),
      upload: this.uploadUrls(share, file),
    }));
  }

  async destroyFile(file: FileKey): Promise<void> {
    await this.deps.store.shares.removeFile(file);
    await this.deps.uploads.fileRemoved(file);
    this.deps.onTrash();
  }

  /** Stored bytes are replaced in one piece: to go on with them would change nothing. */
  uploadUrls({ sharename }: ShareRecord, { fileid, filename, blob }: FileRecord): GettUpload {
    const urls = this.deps.urls.upload({ sharename, fileid, filename });
    return blob ? urls : { ...urls, resumable: 'tus-1.0' };
  }

  readUrl({ share, file }: FoundFile, options: { download: boolean }): string {
    const { fileid, filename } = file;
    return this.deps.urls.bytes({ sharename: share.sharename, fileid, filename }, options);
  }

  countDownload(file: FileKey): void {
    this.deps.counters.add(file);
  }

  /** @param asOwner lists files too that cannot be had at present (spec section 4.5). */
  async viewShare(share: ShareRecord, { asOwner }: { asOwner: boolean }): Promise<GettShare> {
    await this.deps.counters.flush();
    const files = share.removed ? [] : await this.deps.store.shares.files([share.shareId]);
    const view = this.#describeShare(share, files);
    if (asOwner) return view;
    return { ...view, files: view.files.filter((file) => isListed(file)) };
  }

  /** Files with complete bytes, in creation order. */
  async storedFiles({ shareId }: ShareRecord): Promise<(FileRecord & { blob: StoredBlob })[]> {
    const files = await this.deps.store.shares.files([shareId]);
    return files
      .toReversed()
      .flatMap((file) =>
        file.state === 'uploaded' && file.blob ? [{ ...file, blob: file.blob }] : [],
      );
  }

  /** Newest first. */
  async listShares(
    owner: UserRecord,
    page: { skip: number; limit?: number },
  ): Promise<GettShare[]> {
    await this.deps.counters.flush();
    const shares = await this.deps.store.shares.ofOwner(owner.userId, page);
    const files = await this.deps.store.shares.files(shares.map(({ shareId }) => shareId));
    const byShare = new Map<number, FileRecord[]>();
    for (const file of files) {
      const list = byShare.get(file.shareId);
      if (list) list.push(file);
      else byShare.set(file.shareId, [file]);
    }
    return shares.map((share) => this.#describeShare(share, byShare.get(share.shareId) ?? []));
  }

  async viewFile(share: ShareRecord, fileid: string): Promise<GettFile | undefined> {
    await this.deps.counters.flush();
    const file = await this.findFile(share, fileid);
    return file && this.describe(share, file);
  }

  async viewUser(user: UserRecord): Promise<GettUser> {
    const { store, counters, uploads, storageLimit, moreStorage: more } = this.deps;
    await counters.flush();
    const { files, downloads, reserved } = await store.accounts.usage(user.userId);
    const limit = user.storageLimit ?? storageLimit;
    const used = user.storageUsed - reserved + uploads.receivedOf(user.userId);
    const free = Math.max(0, limit - used);
    const storage = { used, limit, extra: 0, free, ...(more !== undefined && { more }) };
    const { publicId: userid, fullname } = user;
    const known = { userid, fullname, files, downloads, storage };
    return user.anonymous ? { ...known, email: '', type: 'anon' } : { ...known, email: user.email };
  }

  /** Bytes that a file may have at most: what its owner has free, and what it holds already. */
  async roomFor({ share, file }: FoundFile): Promise<number> {
    const owner = await this.deps.store.accounts.userByPublicId(share.owner.publicId);
    if (!owner) return 0;
    const free = (owner.storageLimit ?? this.deps.storageLimit) - owner.storageUsed;
    const own = (file.blob?.size ?? 0) + (file.unfinished?.reserved ?? 0);
    return Math.max(0, free + own);
  }

  /** A session belongs to the first user that used it (spec section 6.2). */
  async maySpeakFor(session: string, userId: number): Promise<boolean> {
    const { presence, store } = this.deps;
    const owner = presence.ownerOf(session) ?? (await store.shares.sessionOwner(session));
    return owner === undefined || owner === userId;
  }

  /** A file without bytes whose announcing session is connected, so that they may yet come. */
  awaited(share: ShareRecord, file: FileRecord): AwaitedFile | undefined {
    const { session, state } = file;
    if (state !== 'remote' || session === undefined || !this.#isLive(share, file)) return undefined;
    return { ...file, session, ownerId: share.owner.userId };
  }

  #isLive({ owner }: ShareRecord, { session }: FileRecord): boolean {
    return this.deps.presence.isLive({ ownerId: owner.userId, session });
  }

  /** A file as visitors and its owner see it. */
  describe(share: ShareRecord, file: FileRecord): GettFile {
    const live = file.session === undefined ? {} : { live: this.#isLive(share, file) };
    return { ...describeFile(this.deps.urls, share, file), ...live };
  }

  #describeShare(share: ShareRecord, files: FileRecord[]): GettShare {
    const views = files.map((file) => this.describe(share, file));
    return describeShare(this.deps.urls, share, views);
  }
}
