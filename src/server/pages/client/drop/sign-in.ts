import type { User } from '/sdk/gett-drop.js';
import { texts } from '../../texts.ts';
import { alarm } from '../_announce.ts';
import type { Account } from './account.ts';
import { byId, part } from './dom.ts';
import { sentenceForSignIn } from './problems.ts';

/** The form that leads in. */
export class SignIn {
  readonly #form = byId('sign-in', HTMLFormElement);
  readonly #email = byId('email', HTMLInputElement);
  readonly #password = byId('password', HTMLInputElement);
  readonly #problem = part(this.#form, 'problem', HTMLElement);
  readonly #account: Account;
  readonly #onUser: (user: User) => void;

  constructor(account: Account, onUser: (user: User) => void) {
    this.#account = account;
    this.#onUser = onUser;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** @param why instead of the invitation: what waits for the sign-in */
  show(why: string = texts.signInBody): void {
    part(this.#form, 'why', HTMLElement).textContent = why;
    this.#form.hidden = false;
  }

  hide(): void {
    this.#form.hidden = true;
  }

  focus(): void {
    (this.#email.value ? this.#password : this.#email).focus();
  }

  fail(error: unknown): void {
    const sentence = sentenceForSignIn(error);
    this.#problem.textContent = sentence;
    alarm(sentence);
  }

  async #submit(): Promise<void> {
    const submit = this.#form.querySelector('button');
    if (submit?.getAttribute('aria-disabled') === 'true') return;
    submit?.setAttribute('aria-disabled', 'true');
    this.#problem.textContent = '';
    try {
      const keep = new FormData(this.#form).has('keep');
      const credentials = { email: this.#email.value, password: this.#password.value };
      const user = await this.#account.signIn(credentials, keep);
      this.#password.value = '';
      this.#onUser(user);
    } catch (error) {
      this.fail(error);
      this.#password.select();
    } finally {
      submit?.removeAttribute('aria-disabled');
    }
  }
}
