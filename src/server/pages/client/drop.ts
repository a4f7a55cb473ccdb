import type { User } from '/sdk/gett-sdk.js';
import { texts } from '../texts.ts';
import { Account } from './drop/account.ts';
import { Desk } from './drop/desk.ts';
import { button, byId, part } from './drop/dom.ts';
import { SignIn } from './drop/sign-in.ts';
import { takeFrom } from './drop/sources.ts';
import type { Taken } from './drop/taking.ts';

const account = new Account(byId('drop', HTMLElement).dataset.api ?? '');
const desk = new Desk(account, () => askToSignIn(texts.signInEnded));
const signIn = new SignIn(account, (user) => {
  enter(user);
  part(desk.element, 'choose-files', HTMLButtonElement).focus();
});
/** What was dropped before somebody signed in. */
const waiting: Taken[] = [];
let user: User | undefined;

function enter(signedIn: User): void {
  user = signedIn;
  signIn.hide();
  byId('main', HTMLElement).classList.add('at-work');
  desk.enter(signedIn);
  for (const taken of waiting.splice(0)) desk.share(taken);
}

function askToSignIn(why?: string): void {
  signIn.show(why);
  if (user) signIn.focus();
  user = undefined;
}

takeFrom(desk.element, (taken) => {
  if (user) return desk.share(taken);
  waiting.push(taken);
  const count = waiting.reduce((sum, { files }) => sum + files.length, 0);
  signIn.show(texts.signInForFiles(count));
  signIn.focus();
});

button(desk.element, 'sign-out', () => {
  void account.signOut().then(() => location.reload());
});

try {
  const known = await account.resume();
  if (known) enter(known);
  else askToSignIn();
} catch (error) {
  askToSignIn();
  signIn.fail(error);
}
