// A copy of the SDK's one file lies beside this one: extensions may not load scripts from elsewhere.
import { GettClient, indexedDbTokenStore, isGettError } from './gett-sdk.min.js';

const form = (name) => document.querySelector(`#${name}`);
const status = document.querySelector('[role=status]');

/** The tokens outlive the popup, and the account's password is never kept. */
const client = () =>
  new GettClient({
    baseUrl: `${localStorage.getItem('server')}/1`,
    tokens: indexedDbTokenStore('gett-tokens'),
  });

async function show() {
  const user = localStorage.getItem('server')
    ? await client()
        .me()
        .catch(() => undefined)
    : undefined;
  form('sign-in').hidden = user !== undefined;
  form('share').hidden = user === undefined;
}

async function signIn() {
  const { server, email, password } = form('sign-in');
  localStorage.setItem('server', new URL(server.value).origin);
  try {
    await client().signIn({ email: email.value, password: password.value });
    status.textContent = '';
    await show();
  } catch (error) {
    if (!isGettError(error)) throw error;
    status.textContent = error.message;
  }
}

async function share() {
  try {
    const upload = client().upload([new File([form('share').text.value], 'text.txt')]);
    status.textContent = await upload.link;
    await upload.done;
  } catch (error) {
    if (!isGettError(error)) throw error;
    status.textContent = error.message;
  }
}

for (const [name, act] of Object.entries({ 'sign-in': signIn, share })) {
  form(name).addEventListener('submit', (event) => {
    event.preventDefault();
    void act();
  });
}
await show();
