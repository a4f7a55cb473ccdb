import { writeFileSync } from 'node:fs';
import { download } from '../support/account.ts';
import { FirefoxBrowser } from '../support/firefox.ts';
import { choose, expect, finished, linkOf, signIn, test } from '../support/firefox-test.ts';

// oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
test('Firefox asks for consent to what leaves the computer, and to nothing about pages', async ({}, info) => {
  const firefox = await FirefoxBrowser.start({ installed: false });
  const question = await firefox.questionOfInstall(info.outputPath());
  // That is asked for later, by whoever wants links copied by themselves.
  expect(question).not.toContain('Input data to the clipboard');
  expect(question).toContain('authentication information, website content');
  expect(question).not.toMatch(/Access your data|browsing history|all websites/);
  await firefox.stop();
});

test.describe('with a server in the home network, without https', () => {
  // A name of the home network that leads to this computer, of which the browser does not know.
  test.use({ options: { prefs: { 'network.dns.localDomains': 'nas.lan' } } });

  test('Firefox uses it after a warning, and no such server of the internet', async ({
    firefox,
    slow: { server, uplink },
  }, info) => {
    const address = uplink.origin.replace('127.0.0.1', 'nas.lan');
    const options = await firefox.open('options.html');
    const field = options.locator('#server-address');
    const warned = () => options.$('.server-form + .warning').then((found) => found !== null);
    await field.fill(uplink.origin);
    expect(await warned()).toBe(false);
    await field.fill('http://files.example.org');
    await options.locator('.server-form button').click();
    await options.waitForSelector('#server-address-problem');
    expect(await warned()).toBe(false);
    await field.fill(address);
    await options.waitForSelector('.server-form + .warning');
    await options.locator('.server-form button').click();
    await options.waitForFunction(() => document.querySelectorAll('.steps .passed').length === 3);

    const page = await firefox.open('share.html');
    await page.waitForSelector('.sign-in .warning');
    await signIn(page, address);
    const file = info.outputPath('notes.txt');
    writeFileSync(file, 'over the home network');
    await choose(page, file);
    await finished(page);
    const link = await linkOf(page);
    expect((await download(server, link)).toString()).toBe('over the home network');
  });
});
