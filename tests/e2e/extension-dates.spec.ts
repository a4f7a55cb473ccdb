import { GettClient } from '../../src/sdk/index.ts';
import { signIn } from './support/account.ts';
import { expect, test, USER } from './support/chromium.ts';

test('how long ago a share was made is counted from the moment that the server tells', async ({
  extension,
  server,
}) => {
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(USER);
  const before = await gett.shares.create({ title: 'Made elsewhere' });
  const popup = await extension.open();
  await signIn(popup, server);
  const momentOf = (name: string) =>
    popup.getByRole('listitem').filter({ hasText: name }).locator('time');
  await expect(momentOf('Made elsewhere')).toHaveAttribute(
    'datetime',
    before.created.toISOString(),
  );

  await popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'here.txt', mimeType: 'text/plain', buffer: Buffer.from('here') });
  const link = popup.getByRole('link', { name: 'Open here.txt' });
  await expect(link).toBeVisible();
  const sharename = new URL((await link.getAttribute('href')) ?? '').pathname.slice(1);
  const { created } = await gett.shares.get(sharename);
  await expect(momentOf('here.txt')).toHaveAttribute('datetime', created.toISOString());
});
