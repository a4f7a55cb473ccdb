import type {
  ConnectionReference,
  DestinationReference,
  ManifestReference,
  ObjectReference,
  TokenReference,
  TransferReference,
} from '../references.ts';
import type { CallOptions, WithAsync } from '../rpc/methods.ts';
import type {
  Connection,
  Destination,
  Manifest,
  ManifestFiles,
  Micros,
  SharedToken,
  Transfer,
  UserData,
} from '../structures.ts';
import type { WaitOptions } from '../wait.ts';

/** The files of a new manifest. */
export interface ManifestRequest {
  /** From the path at the destination to the path on the sending server's disk. */
  mappings: Readonly<Record<string, string>>;
  userData?: UserData | undefined;
}

/** Where the other server listens. */
export interface DestinationOptions extends CallOptions {
  /** UDP. Default: 8886. */
  destinationPort?: number | undefined;
}

/** How files are transferred. */
export interface TransferOptions extends CallOptions {
  /** Folder at the destination. */
  destinationPath?: string | undefined;
  priority?: number | undefined;
  userData?: UserData | undefined;
}

/** How long, how often and for whom a token works. */
export interface SharedTokenOptions extends CallOptions {
  description?: string | undefined;
  expiryTime?: Micros | undefined;
  /** Number of transfers that may be made with it. Default: any. */
  downloadLimit?: number | undefined;
  password?: string | undefined;
}

/** What a rate is for. */
export interface SendRateOptions extends CallOptions {
  /** Default: the whole server. */
  connection?: ConnectionReference | undefined;
}

/** Which values to remove. */
export interface DeleteUserDataOptions extends CallOptions {
  /** Names of the values to delete. Default: all. */
  keys?: readonly string[] | undefined;
}

/** What the server sends to others. Sending begins with a transfer, not with a manifest. */
export interface SendMethods {
  /** Gives a structure at once, while the server looks at its disk; see `waitForManifest`. */
  createManifest(request: ManifestRequest, options?: CallOptions): Promise<Manifest>;
  getManifest(manifest: ManifestReference, options?: CallOptions): Promise<Manifest>;
  getManifests(options?: CallOptions): Promise<Manifest[]>;
  getManifestFiles(manifest: ManifestReference, options?: CallOptions): Promise<ManifestFiles>;
  /** Resolves when it is `complete` or `error`. The twin needs a server that answers late. */
  waitForManifest(manifest: ManifestReference, options?: WaitOptions<Manifest>): Promise<Manifest>;
  /** Possible at any time, even while a transfer made from it is running. */
  deleteManifest(manifest: ManifestReference, options?: CallOptions): Promise<void>;

  /** Gives the existing destination if there is one with the same parameters. */
  createDestination(destinationAddress: string, options?: DestinationOptions): Promise<Destination>;
  getDestination(destination: DestinationReference, options?: CallOptions): Promise<Destination>;
  getDestinations(options?: CallOptions): Promise<Destination[]>;
  deleteDestination(destination: DestinationReference, options?: CallOptions): Promise<void>;

  getConnection(connection: ConnectionReference, options?: CallOptions): Promise<Connection>;
  getConnections(options?: CallOptions): Promise<Connection[]>;

  /**
   * Gives a structure at once, while the server sends; see `waitForTransfer`.
   * @throws JetStreamStateError when the manifest is not complete.
   */
  createTransfer(
    destination: DestinationReference,
    manifest: ManifestReference,
    options?: TransferOptions,
  ): Promise<Transfer>;
  getTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  getTransfers(options?: CallOptions): Promise<Transfer[]>;
  /** Resolves when it is `complete`, `suspended` or `error`. The twin needs a server that answers late. */
  waitForTransfer(transfer: TransferReference, options?: WaitOptions<Transfer>): Promise<Transfer>;
  /** Not among the vendor's documented methods, but the status that it leads to is. */
  suspendTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  /** @throws JetStreamStateError when it is not suspended. */
  resumeTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  deleteTransfer(transfer: TransferReference, options?: CallOptions): Promise<void>;
  /** Stops it as `error`, with this message as its reason. */
  failTransfer(
    transfer: TransferReference,
    errorMessage?: string,
    options?: CallOptions,
  ): Promise<void>;

  /** Lets people without an account fetch the files; `api.sharedLink` makes a link of it. */
  createSharedToken(
    manifest: ManifestReference,
    options?: SharedTokenOptions,
  ): Promise<SharedToken>;
  getSharedToken(token: TokenReference, options?: CallOptions): Promise<SharedToken>;
  getSharedTokens(options?: CallOptions): Promise<SharedToken[]>;
  deleteSharedToken(token: TokenReference, options?: CallOptions): Promise<void>;

  /** Kilobits per second. The vendor documents `setSendRateAsync` only, without parameters. */
  setSendRate(sendRate: number, options?: SendRateOptions): Promise<void>;
  /** Adds to the values that an object carries. */
  updateObjectUserData(
    object: ObjectReference,
    userData: UserData,
    options?: CallOptions,
  ): Promise<void>;
  deleteObjectUserData(object: ObjectReference, options?: DeleteUserDataOptions): Promise<void>;
}

/** The methods of `send`, each with its `…Async` twin. */
export type SendInterface = WithAsync<SendMethods>;
