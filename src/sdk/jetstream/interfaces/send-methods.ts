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
  /** Attached from the beginning. */
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
  /** Range and default are not documented. */
  priority?: number | undefined;
  /** Attached from the beginning. */
  userData?: UserData | undefined;
}

/** How long, how often and for whom a token works. */
export interface SharedTokenOptions extends CallOptions {
  /** For people. */
  description?: string | undefined;
  /** When it becomes invalid. Default: never. */
  expiryTime?: Micros | undefined;
  /** Number of transfers that may be made with it. No limit by default. */
  downloadLimit?: number | undefined;
  /** Asked for besides the token. Default: none is. */
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
  /**
   * As it is now, without waiting.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getManifest(manifest: ManifestReference, options?: CallOptions): Promise<Manifest>;
  /** All that the user, or the token the connection has signed in with, may see. */
  getManifests(options?: CallOptions): Promise<Manifest[]>;
  /**
   * Every file that a complete manifest holds.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getManifestFiles(manifest: ManifestReference, options?: CallOptions): Promise<ManifestFiles>;
  /** Resolves when it is `complete` or `error`. The twin needs a server that answers late. */
  waitForManifest(manifest: ManifestReference, options?: WaitOptions<Manifest>): Promise<Manifest>;
  /** Possible at any time, even while a transfer made from it is running. */
  deleteManifest(manifest: ManifestReference, options?: CallOptions): Promise<void>;

  /** Gives the existing destination if there is one with the same parameters. */
  createDestination(destinationAddress: string, options?: DestinationOptions): Promise<Destination>;
  /**
   * As it is now, with how the connection to it fares.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getDestination(destination: DestinationReference, options?: CallOptions): Promise<Destination>;
  /** All that the user may see. */
  getDestinations(options?: CallOptions): Promise<Destination[]>;
  /**
   * Forgets the address; nothing changes at the other server.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  deleteDestination(destination: DestinationReference, options?: CallOptions): Promise<void>;

  /**
   * Of a destination, see {@link Destination.connectionId}.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getConnection(connection: ConnectionReference, options?: CallOptions): Promise<Connection>;
  /** All that the user may see. */
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
  /**
   * As it is now, without waiting.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  /** All that the user may see. */
  getTransfers(options?: CallOptions): Promise<Transfer[]>;
  /** Resolves when it is `complete`, `suspended` or `error`. The twin needs a server that answers late. */
  waitForTransfer(transfer: TransferReference, options?: WaitOptions<Transfer>): Promise<Transfer>;
  /** Not among the vendor's documented methods, but the status that it leads to is. */
  suspendTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  /**
   * Goes on where it was suspended.
   *
   * @throws JetStreamStateError when it is not suspended.
   */
  resumeTransfer(transfer: TransferReference, options?: CallOptions): Promise<Transfer>;
  /**
   * From then on the server knows it no more.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
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
  /**
   * As it is now, with how often it was used.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  getSharedToken(token: TokenReference, options?: CallOptions): Promise<SharedToken>;
  /** All that the user may see. */
  getSharedTokens(options?: CallOptions): Promise<SharedToken[]>;
  /**
   * Nobody can sign in with it any more. The manifest stays.
   * @throws JetStreamNotFoundError when there is none, or it belongs to somebody else
   */
  deleteSharedToken(token: TokenReference, options?: CallOptions): Promise<void>;

  /** Kilobits per second. The vendor documents `setSendRateAsync` only, without parameters. */
  setSendRate(sendRate: number, options?: SendRateOptions): Promise<void>;
  /** Adds to the values that an object carries. */
  updateObjectUserData(
    object: ObjectReference,
    userData: UserData,
    options?: CallOptions,
  ): Promise<void>;
  /** Removes values that an object carries, all of them unless `keys` are given. */
  deleteObjectUserData(object: ObjectReference, options?: DeleteUserDataOptions): Promise<void>;
}

/** The methods of `send`, each with its `…Async` twin. */
export type SendInterface = WithAsync<SendMethods>;
