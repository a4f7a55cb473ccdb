import {
  GettClient,
  indexedDbTokenStore,
  isGettError,
  memoryTokenStore,
  type TokenStore,
  type User,
} from '/sdk/gett-drop.js';

/**
 * Who shares from this page. A sign-in ends with the page; only where somebody asked for it, it
 * stays in the browser.
 */
export class Account {
  readonly gett: GettClient;
  readonly #forVisit = memoryTokenStore();
  readonly #kept = indexedDbTokenStore('gett-page');
  #tokens: TokenStore = this.#kept;

  constructor(apiPath: string) {
    this.gett = new GettClient({
      baseUrl: location.origin + apiPath,
      tokens: {
        get: () => this.#tokens.get(),
        set: (tokens) => this.#tokens.set(tokens),
        clear: () => this.#tokens.clear(),
      },
    });
  }

  /** Goes on with a sign-in that was kept. */
  async resume(): Promise<User | undefined> {
    const kept = await this.#kept.get().catch(() => undefined);
    if (!kept) return undefined;
    try {
      return await this.gett.me();
    } catch (error) {
      if (!endsSignIn(error)) throw error;
      await this.signOut();
      return undefined;
    }
  }

  async signIn(credentials: { email: string; password: string }, keep: boolean): Promise<User> {
    await this.signOut();
    this.#tokens = keep ? this.#kept : this.#forVisit;
    return this.gett.signIn(credentials);
  }

  async signOut(): Promise<void> {
    await this.#forVisit.clear();
    // A browser that keeps nothing has nothing to forget.
    await this.#kept.clear().catch(() => undefined);
  }
}

/** Whether only another sign-in helps. */
export function endsSignIn(error: unknown): boolean {
  return isGettError(error) && (error.code === 'unauthorized' || error.code === 'not-signed-in');
}
