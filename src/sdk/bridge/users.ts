import { decodeUser } from './decoders.ts';
import { passwordHash } from './hash.ts';
import { type KeyLike, registeredForm } from './keys.ts';
import type { CallOptions, Requests } from './requests.ts';
import type { User } from './shapes.ts';

/** What a user is registered with. */
export interface Registration {
  /** The account is known by it; it cannot be changed later. */
  email: string;
  /** Hashed before it is sent. */
  password: string;
  /** Where the link in the mail leads after it has activated the account. */
  redirect?: string;
  /** A first key, for servers from 0.2.4. */
  publicKey?: KeyLike;
}

/** Accounts (spec section 3). Nothing here needs authentication. */
export class Users {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Makes an account that is not activated; the server mails a token for {@link Users.activate}. */
  async register(registration: Registration, options: CallOptions = {}): Promise<User> {
    const { email, password, redirect, publicKey } = registration;
    const pubkey = publicKey === undefined ? undefined : registeredForm(publicKey);
    return await this.#requests.open('POST /users', {
      ...options,
      fields: { email, password: passwordHash(password), redirect, pubkey },
      decode: decodeUser,
    });
  }

  /**
   * Confirms an account, which can do nothing but register before (spec section 3).
   *
   * @param token from the mail; works once
   * @throws BridgeError when it is unknown or spent
   */
  activate(token: string, options: CallOptions = {}): Promise<User> {
    return this.#requests.open('GET /activations/:token', {
      ...options,
      params: { token },
      decode: decodeUser,
    });
  }

  /** The address that activates an account when a person opens it, then leads to `redirect`. */
  activationUrl(token: string, redirect?: string): string {
    const url = this.#requests.url('GET /activations/:token', { token });
    return redirect === undefined ? url : `${url}?${new URLSearchParams({ redirect })}`;
  }
}
