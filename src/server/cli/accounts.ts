import { randomBytes } from 'node:crypto';
import { hashPassword } from '../accounts/passwords.ts';
import { hashKey } from '../accounts/sign-in.ts';
import { OperatorError } from '../errors.ts';
import { readPassword } from './password.ts';
import { withStore } from './store.ts';

const KEY_BYTES = 32;

export async function addUser(options: {
  data: string;
  email: string;
  name: string;
  storageLimit?: number;
}): Promise<void> {
  const { data, email, name: fullname, storageLimit } = options;
  const passwordHash = await hashPassword(await readPassword());
  const limit = storageLimit === undefined ? {} : { storageLimit };
  await withStore(data, async ({ accounts }) => {
    const user = await accounts.addUser({ email, fullname, passwordHash, ...limit });
    if (!user) {
      throw new OperatorError(
        `There is a user ${email} already; use user passwd to set a new password.`,
      );
    }
    console.log(`added ${user.email}`);
  });
}

export async function setPassword({ data, email }: { data: string; email: string }): Promise<void> {
  const passwordHash = await hashPassword(await readPassword());
  await withStore(data, async ({ accounts }) => {
    if (!(await accounts.setPassword(email, passwordHash))) {
      throw new OperatorError(`There is no user ${email}; use user add to make one.`);
    }
    console.log(`new password for ${email}; earlier sign-ins have ended`);
  });
}

export async function addApp({ data, name }: { data: string; name: string }): Promise<void> {
  const key = randomBytes(KEY_BYTES).toString('base64url');
  await withStore(data, async ({ accounts }) => {
    const { appId } = await accounts.addApp(name, hashKey(key));
    console.log(`id ${appId}\napikey ${key}`);
  });
}

export async function listApps({ data }: { data: string }): Promise<void> {
  await withStore(data, async ({ accounts }) => {
    for (const { appId, name, createdAt, revokedAt } of await accounts.apps()) {
      const date = new Date(createdAt).toISOString().slice(0, 10);
      console.log(`${appId}\t${revokedAt === undefined ? 'active' : 'revoked'}\t${date}\t${name}`);
    }
  });
}

export async function revokeApp({ data, id }: { data: string; id: number }): Promise<void> {
  await withStore(data, async ({ accounts }) => {
    if (!(await accounts.revokeApp(id))) {
      throw new OperatorError(`There is no active app ${id}; see app list.`);
    }
    console.log(`revoked app ${id}`);
  });
}
