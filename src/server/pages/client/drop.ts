import { GettDropElement, type User } from '/sdk/gett-drop.js';
import { texts } from '../texts.ts';
import { announce } from './_announce.ts';
import { Account } from './drop/account.ts';
import { button, byId, part } from './drop/dom.ts';
import { SignIn } from './drop/sign-in.ts';

const panel = byId('drop', HTMLElement);
const drop = part(panel, 'drop', GettDropElement);
const accountLine = part(panel, 'account', HTMLElement);
const invitation = part(panel, 'invitation', HTMLElement);
/** Whether people without an account may share; then nobody has to sign in. */
const isOpen = drop.getAttribute('account') !== 'required';
const account = new Account(panel.dataset.api ?? '');
const signIn = new SignIn(account, (user) => {
  enter(user);
  drop.focus();
});

function enter({ email }: User): void {
  part(panel, 'email', HTMLElement).textContent = email;
  accountLine.hidden = false;
  invitation.hidden = true;
  signIn.hide();
  showDrop();
  announce(texts.signedIn);
  drop.client = account.gett;
}

function showDrop(): void {
  byId('main', HTMLElement).classList.add('at-work');
  drop.classList.remove('closed');
}

/** Where nobody has to, whoever wants to asks for the form. */
function askToSignIn(): void {
  if (!isOpen) return signIn.show();
  drop.classList.remove('closed');
  invitation.hidden = false;
}

drop.addEventListener('gett-sign-in', ({ detail: { files, ended } }) => {
  signIn.show(ended ? texts.signInEnded : texts.signInForFiles(files));
  signIn.focus();
});
drop.addEventListener('gett-link', showDrop);
button(panel, 'to-sign-in', () => {
  invitation.hidden = true;
  signIn.show();
  signIn.focus();
});
button(panel, 'sign-out', () => {
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
