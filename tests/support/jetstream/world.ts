import { randomBytes } from 'node:crypto';
import type {
  APIToken,
  Destination,
  Manifest,
  Micros,
  ReceiveTransfer,
  SharedToken,
  Source,
  Transfer,
} from '../../../src/sdk/jetstream/index.ts';
import { BLOCK, Delivery } from './delivery.ts';
import { CODES, Refusal } from './refusal.ts';

export interface GatewayUser {
  user: string;
  password: string;
  superuser?: boolean;
}

export interface GatewayOptions {
  users?: GatewayUser[];
  /** The files on the server's disk; a number stands for so many bytes of any kind. */
  files?: Record<string, number | Buffer>;
  /** Listed by `getServerInfo`. */
  features?: string[];
  /** From 40 the server knows API tokens and the event log (revision 2.4). */
  apiVersion?: number;
}

/** Who speaks over one connection. */
export interface Identity {
  /** Owner of what is created. */
  owner: string;
  superuser: boolean;
  /** The shared token that opened the door, if it was one. */
  sharedToken?: string;
}

export interface StoredManifest {
  structure: Manifest;
  mappings: Record<string, string>;
  /** Looks that still find it unfinished. */
  looksLeft: number;
}

export interface StoredTransfer {
  structure: Transfer;
  delivery: Delivery;
  /** Statuses to come. */
  ahead: string[];
}

const START: Micros = 1_600_000_000_000_000;

/** What the server holds, and the time that tests move. */
export class World {
  now: Micros = START;
  readonly users: GatewayUser[];
  readonly files: Map<string, Buffer>;
  /** What has arrived at other servers; by `address:port`, then by path. */
  readonly elsewhere = new Map<string, Map<string, Buffer>>();
  readonly features: string[];
  readonly apiVersion: number;
  readonly manifests = new Map<string, StoredManifest>();
  readonly destinations = new Map<string, Destination>();
  readonly transfers = new Map<string, StoredTransfer>();
  readonly sharedTokens = new Map<string, SharedToken>();
  /** By shared token; what goes over the wire never holds them. */
  readonly passwords = new Map<string, string>();
  readonly apiTokens = new Map<string, APIToken>();
  readonly authorizedClients = new Set<string>();
  readonly sources: Source[] = [];
  readonly received: ReceiveTransfer[] = [];
  readonly events: { time: Micros; message: string }[] = [];
  /** Kilobits per second; by connection id, or `server`. */
  readonly sendRates = new Map<string, number>();
  onlyAuthorizedClients = false;
  /** Looks at a new manifest that find it unfinished. */
  manifestLooks = 2;
  /** Statuses that the next transfers go through. */
  transferCourse = ['pending', 'sending', 'complete'];
  #lastId = 0;

  constructor(options: GatewayOptions) {
    this.users = options.users ?? [{ user: 'jsmith', password: 'secret' }];
    const files = Object.entries(options.files ?? { '/home/readme.txt': 1000 });
    this.files = new Map(
      files.map(([path, content]) => [
        path,
        typeof content === 'number' ? randomBytes(content) : content,
      ]),
    );
    this.features = options.features ?? [];
    this.apiVersion = options.apiVersion ?? 30;
  }

  nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  /** A manifest looks at the disk a little further. */
  stepManifest({ structure, mappings, ...stored }: StoredManifest): void {
    const target = this.manifests.get(structure.manifestId);
    if (!structure.processing || !target) return;
    target.looksLeft = stored.looksLeft - 1;
    if (target.looksLeft >= 0) return;
    const missing = Object.values(mappings).find((path) => !this.files.has(path));
    structure.processing = false;
    if (missing !== undefined) {
      Object.assign(structure, { status: 'error', errorMessage: `no such file: ${missing}` });
      return;
    }
    const sizes = Object.values(mappings).map((path) => this.files.get(path)?.length ?? 0);
    Object.assign(structure, {
      status: 'complete',
      totalFiles: sizes.length,
      totalSize: sizes.reduce((sum, size) => sum + size, 0),
    });
  }

  /** A transfer enters its next status; half of what is left goes in each step of sending. */
  stepTransfer({ structure, delivery, ahead }: StoredTransfer): void {
    const status = ahead.shift();
    if (!structure.processing || status === undefined) return;
    if (status === 'sending') delivery.send(Math.floor(delivery.left / 2));
    if (status === 'complete') delivery.send(Number.POSITIVE_INFINITY);
    Object.assign(structure, {
      status,
      processing: status === 'pending' || status === 'sending',
      blocksSent: delivery.blocksSent,
      blocksAcked: delivery.blocksSent,
      bytesSent: delivery.bytesSent,
      packetsSent: delivery.blocksSent,
      snapshotTime: this.now,
      ...(status === 'error' && { errorMessage: 'the destination does not answer' }),
      ...(status === 'sending' && { startTime: this.now }),
    });
    if (!structure.processing) structure.endTime = this.now;
  }

  /** Refuses a token that is spent or too old. */
  usableToken(token: string): SharedToken {
    const shared = this.sharedTokens.get(token);
    const spent = shared?.downloadLimit && (shared.downloadCount ?? 0) >= shared.downloadLimit;
    const expired = shared?.expiryTime && shared.expiryTime <= this.now;
    if (!shared || spent || expired) throw new Refusal(CODES.denied, `token ${token} is not valid`);
    return shared;
  }

  newTransfer(
    identity: Identity,
    { structure: manifest, mappings }: StoredManifest,
    { destinationId, destinationAddress, destinationPort }: Destination,
    { destinationPath = '', ...extra }: { destinationPath?: string },
  ): StoredTransfer {
    const server = `${destinationAddress}:${destinationPort}`;
    const disk = this.elsewhere.get(server) ?? new Map<string, Buffer>();
    this.elsewhere.set(server, disk);
    const delivery = new Delivery(
      Object.entries(mappings).map(([path, source]) => ({
        path: `${destinationPath}${path}`,
        bytes: this.files.get(source) ?? Buffer.alloc(0),
      })),
      disk,
    );
    const structure: Transfer = {
      transferId: this.nextId(),
      manifestId: manifest.manifestId,
      destinationId,
      owner: identity.owner,
      processing: true,
      status: 'pending',
      errorMessage: null,
      destinationPath: destinationPath || null,
      priority: 0,
      checkpointFrequencySeconds: null,
      totalBytes: delivery.totalBytes,
      totalBlocks: delivery.totalBlocks,
      blockSize: BLOCK,
      blocksSent: 0,
      blocksAcked: 0,
      blocksRetransmitted: 0,
      bytesSent: 0,
      bytesRecv: 0,
      packetsSent: 0,
      packetsRecv: 0,
      requestTime: this.now,
      queueTime: this.now,
      startTime: null,
      endTime: null,
      snapshotTime: this.now,
      ...extra,
    };
    return { structure, delivery, ahead: this.transferCourse.slice(1) };
  }
}
