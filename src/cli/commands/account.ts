import { gettEnvironment } from '../../sdk/node/environment.ts';
import { CommandError, UsageError } from '../errors.ts';
import { bytes, print, printJson } from '../output.ts';
import { askEmail, readPassword } from '../prompts.ts';
import { type Service, serverOf, storedClient } from '../service.ts';
import { forgetServer, readSettings, writeSettings } from '../settings.ts';

/** Signs in and remembers the service as the usual one. */
export async function login(
  word: string | undefined,
  server: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const baseUrl = await serverOf(server);
  if (!baseUrl) {
    throw new UsageError('Say which server: gett login --server https://files.example.org');
  }
  const { credentials } = gettEnvironment();
  const known = credentials && 'email' in credentials ? credentials : undefined;
  const email = word ?? known?.email ?? (await askEmail((await readSettings()).email));
  const password = known?.email === email ? known.password : await readPassword();
  const user = await storedClient(baseUrl).signIn({ email, password }, { signal });
  await writeSettings({ server: baseUrl, email });
  print(`Signed in as ${user.fullName} (${user.email}) at ${new URL(baseUrl).origin}`);
}

/** Forgets the tokens of the service. */
export async function logout({ gett, baseUrl, stored }: Service): Promise<void> {
  if (!stored) {
    throw new CommandError(
      'The sign-in comes from the environment: unset GETT_REFRESH_TOKEN, or GETT_EMAIL and GETT_PASSWORD.',
    );
  }
  await gett.signOut();
  await forgetServer(baseUrl);
  print(`Signed out at ${new URL(baseUrl).origin}`);
}

/** Who is signed in, and how much room there is. */
export async function whoami(
  { gett, baseUrl }: Service,
  { json = false }: { json?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const user = await gett.me({ signal });
  if (json) return printJson({ server: baseUrl, ...user });
  const { storage } = user;
  print(`${user.fullName} (${user.email}) at ${new URL(baseUrl).origin}`);
  print(`${user.files} files, ${user.downloads} downloads`);
  print(`${bytes(storage.used)} used, ${bytes(storage.free)} of ${bytes(storage.limit)} free`);
}
