import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GETT, newPerson, type Person } from '../support/gett-command.ts';
import { type CliResult, startServer, type TestServer } from '../support/server.ts';

/** Each test starts many programs, and a busy machine starts them slowly. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PASSWORD = 'lovelace-1843';

let server: TestServer;
let ada: Person;
let visitor: Person;

beforeAll(async () => {
  server = await startServer();
  await server.addUser({ email: 'ada@example.org', password: PASSWORD, name: 'Ada' });
  [ada, visitor] = await Promise.all([newPerson(), newPerson()]);
  await ada.gett(['login', 'ada@example.org', '--server', server.origin], {
    input: `${PASSWORD}\n`,
  });
  await writeFile(path.join(ada.folder, 'notes.txt'), 'first notes');
  await writeFile(path.join(ada.folder, 'plan.txt'), 'a plan');
});
afterAll(() => Promise.all([server.stop(), ada.leave(), visitor.leave()]));

const lines = ({ stdout }: CliResult) => stdout.trimEnd().split('\n');
const json = (result: CliResult) => lines(result).map((line) => JSON.parse(line));
const share = async (...args: string[]) => lines(await ada.gett(['up', ...args]))[0] ?? '';

/** One sentence on standard error, which says what to do, and nothing on standard output. */
function expectComplaint({ code, stdout, stderr }: CliResult, expected: number, text: RegExp) {
  expect(stderr).toMatch(text);
  expect(stderr).toMatch(/^gett: /);
  expect(stderr).not.toContain('    at ');
  expect([code, stdout]).toEqual([expected, '']);
}

describe('gett login', () => {
  test('keeps the tokens where nobody else can read them, and whoami tells the account', async () => {
    const found = await readdir(path.join(ada.folder, '.config/gett/tokens'));
    expect(found).toHaveLength(1);
    const file = path.join(ada.folder, '.config/gett/tokens', found[0] ?? '');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    const who = await ada.gett(['whoami']);
    expect([who.code, who.stderr]).toEqual([0, '']);
    expect(who.stdout).toContain(`Ada (ada@example.org) at ${server.origin}`);
  });

  test('says that a password is wrong, ends with 3 and keeps nothing', async () => {
    const eve = await newPerson();
    const args = ['login', 'ada@example.org', '--server', server.origin];
    expectComplaint(await eve.gett(args, { input: 'guess\n' }), 3, /e-mail or the password/);
    await expect(stat(path.join(eve.folder, '.config'))).rejects.toThrow();
    await eve.leave();
  });

  test('never takes a password as an argument', async () => {
    const args = ['login', 'ada@example.org', PASSWORD, '--server', server.origin];
    expectComplaint(await visitor.gett(args), 2, /too many arguments/);
    const help = await visitor.gett(['login', '--help']);
    expect(help.stdout).not.toMatch(/--password/);
  });

  /** Signs in at a terminal, and types once it is asked for the password. */
  async function typing(keys: string, { env }: Person): Promise<{ code: number; shown: string }> {
    const login = `'${process.execPath}' '${GETT}' login ada@example.org --server ${server.origin}`;
    const child = spawn('script', ['-qec', login, '/dev/null'], { env, stdio: 'pipe' });
    let shown = '';
    let typed = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (typed || !shown.includes('Password:')) return;
      typed = true;
      child.stdin.write(keys);
    });
    await once(child, 'close');
    return { code: child.exitCode ?? -1, shown };
  }

  test('asks for the password at a terminal without showing it', async () => {
    const eve = await newPerson();
    const { shown } = await typing(`${PASSWORD}\n`, eve);
    expect(shown).toContain('Signed in as Ada');
    expect(shown).not.toContain(PASSWORD);
    await eve.leave();
  });

  test('ends with Ctrl+C at the question, without a complaint', async () => {
    const eve = await newPerson();
    const { code, shown } = await typing('\u0003', eve);
    expect([code, shown]).toEqual([130, expect.not.stringContaining('gett:')]);
    await eve.leave();
  });

  test('is needed before anything is shared; what there is to do is said', async () => {
    const up = ['up', GETT, '--server', server.origin];
    expectComplaint(await visitor.gett(up), 3, /gett login --server http/);
    expectComplaint(await visitor.gett(['ls']), 2, /GETT_SERVER/);
  });

  test('is ended by logout', async () => {
    const bob = await newPerson();
    const args = ['login', 'ada@example.org', '--server', server.origin];
    await bob.gett(args, { input: `${PASSWORD}\n` });
    expect((await bob.gett(['logout'])).code).toBe(0);
    expect(await readdir(path.join(bob.folder, '.config/gett/tokens'))).toEqual([]);
    expectComplaint(await bob.gett(['whoami', '--server', server.origin]), 3, /gett login/);
    await bob.leave();
  });

  test('is not needed where the environment says who it is; nothing is kept', async () => {
    const ci = await newPerson();
    const env = {
      GETT_SERVER: server.origin,
      GETT_EMAIL: 'ada@example.org',
      GETT_PASSWORD: PASSWORD,
    };
    const [who] = json(await ci.gett(['whoami', '--json'], { env }));
    expect(who).toMatchObject({ server: server.baseUrl, email: 'ada@example.org' });
    expect((await readdir(ci.folder)).includes('.config')).toBe(false);
    await ci.leave();
  });

  test('of a damaged file of tokens says which file to remove', async () => {
    const bob = await newPerson();
    const args = ['login', 'ada@example.org', '--server', server.origin];
    await bob.gett(args, { input: `${PASSWORD}\n` });
    const folder = path.join(bob.folder, '.config/gett/tokens');
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name), '{"accessToken": "a.b.c.');
    const result = await bob.gett(['whoami']);
    expectComplaint(result, 1, /does not hold tokens: remove it and sign in again/);
    expect(result.stderr).not.toContain('a.b.c');
    await bob.leave();
  });
});

describe('gett up', () => {
  test('gives the link first: it works while the bytes are still to come', async () => {
    const running = ada.start(['up', '-', '--name', 'log.txt']);
    const link = await running.firstLine;
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('log.txt')]);
    running.write('the end of the log');
    running.end();
    expect(await running.result).toEqual({ code: 0, stdout: `${link}\n`, stderr: '' });
    expect((await visitor.gett(['get', link, '-o', '-'])).stdout).toBe('the end of the log');
  });

  test('makes one share of several files, with a title; or one for each', async () => {
    const link = await share('notes.txt', 'plan.txt', '--title', 'Two texts');
    const files = lines(await visitor.gett(['ls', link]));
    expect(files.map((line) => line.split('\t').at(-1))).toEqual(['plan.txt', 'notes.txt']);
    const each = await ada.gett(['up', '--each', 'notes.txt', 'plan.txt']);
    expect(new Set(lines(each)).size).toBe(2);
    for (const link of lines(each)) {
      expect(lines(await visitor.gett(['ls', link]))).toHaveLength(1);
    }
  });

  test('puts out JSON for programs, a line for each event', async () => {
    const result = await ada.gett(['up', 'plan.txt', '--title', 'Plan', '--json']);
    const link = expect.stringMatching(/^http:.*\/[0-9A-Za-z]{5,8}$/);
    const file = { fileid: '0', filename: 'plan.txt', link: expect.stringMatching(/\/v\/0$/) };
    const sharename = expect.any(String);
    expect(json(result)).toEqual([
      {
        event: 'announced',
        link,
        sharename,
        title: 'Plan',
        resumed: false,
        files: [{ ...file, size: 6 }],
      },
      { event: 'stored', sharename, ...file, size: 6 },
    ]);
  });

  test('goes on when nobody reads its output any more', async () => {
    const command = `'${process.execPath}' '${GETT}' up notes.txt plan.txt --json | head -n 1`;
    const options = { cwd: ada.folder, env: ada.env };
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], options);
    expect(stderr).toBe('');
    const { link } = JSON.parse(stdout);
    const states = lines(await visitor.gett(['ls', link])).map((line) => line.split('\t')[2]);
    expect(states).toEqual(['uploaded', 'uploaded']);
  });

  test('shows a bar on a terminal only, and never among the links', async () => {
    const piped = await ada.gett(['up', 'notes.txt']);
    expect(piped.stderr).toBe('');
    const { code, shown } = await ada.terminal('gett up notes.txt > link.txt');
    expect([code, shown]).toEqual([0, expect.stringContaining('notes.txt  ░')]);
    expect(shown).toMatch(/1 file, 11 B, stored in [1-9]\d* s\./);
    expect(await readFile(path.join(ada.folder, 'link.txt'), 'utf8')).toMatch(/^http:\S+\n$/);
  });

  test('says what is wrong with a file before anything is shared', async () => {
    const before = lines(await ada.gett(['ls'])).length;
    expectComplaint(
      await ada.gett(['up', 'notes.txt', 'missing.txt']),
      1,
      /missing\.txt is not there/,
    );
    expectComplaint(await ada.gett(['up', '.']), 1, /is a folder.*tar -cz/);
    expectComplaint(await ada.gett(['up', '-', '-']), 2, /one time/);
    expect(lines(await ada.gett(['ls']))).toHaveLength(before);
  });
});

describe('the other commands', () => {
  test('ls lists the shares, newest first, as columns or as JSON', async () => {
    const old = await share('notes.txt', '--title', 'Old');
    const link = await share('plan.txt', '--title', 'New');
    const [first, second] = lines(await ada.gett(['ls'])).map((line) => line.split('\t'));
    expect([first?.[0], first?.[3], first?.[5]]).toEqual([link, '6', 'New']);
    expect([second?.[0], second?.[5]]).toEqual([old, 'Old']);
    const [listed] = json(await ada.gett(['ls', '--json', '--limit', '1']));
    expect(listed).toHaveLength(1);
    expect(listed[0]).toMatchObject({
      link,
      title: 'New',
      files: [{ filename: 'plan.txt', size: 6, state: 'uploaded', downloads: 0 }],
    });
  });

  test('people at a terminal are told what happened, programs are not', async () => {
    const bea = await newPerson();
    await server.addUser({ email: 'bea@example.org', password: PASSWORD, name: 'Bea' });
    const args = ['login', 'bea@example.org', '--server', server.origin];
    await bea.gett(args, { input: `${PASSWORD}\n` });
    expect((await bea.gett(['ls'])).stdout).toBe('');
    expect((await bea.terminal('gett ls')).shown).toContain('You have not shared anything yet');
    await writeFile(path.join(bea.folder, 'a.txt'), 'a');
    const link = (await bea.gett(['up', 'a.txt'])).stdout.trim();
    expect((await bea.terminal(`gett rm ${link}`)).shown).toContain(`Removed ${link}`);
    await bea.leave();
  });

  test('title shows, changes and removes the title', async () => {
    const link = await share('notes.txt');
    expect((await ada.gett(['title', link, 'A title'])).code).toBe(0);
    expect((await visitor.gett(['title', link])).stdout).toBe('A title\n');
    expect((await ada.gett(['title', link, '--clear'])).code).toBe(0);
    expect((await visitor.gett(['title', link])).stdout).toBe('\n');
  });

  test('rm removes one file, or the share with all of them', async () => {
    const link = await share('notes.txt', 'plan.txt');
    expect((await ada.gett(['rm', `${link}/v/0`])).code).toBe(0);
    expect(lines(await visitor.gett(['ls', link]))).toHaveLength(1);
    expect((await ada.gett(['rm', link])).code).toBe(0);
    expectComplaint(await visitor.gett(['get', link]), 1, /has been removed/);
  });

  test('what belongs to somebody else stays as it is', async () => {
    await server.addUser({ email: 'bob@example.org', password: PASSWORD, name: 'Bob' });
    const bob = await newPerson();
    const args = ['login', 'bob@example.org', '--server', server.origin];
    await bob.gett(args, { input: `${PASSWORD}\n` });
    const link = await share('notes.txt');
    expectComplaint(await bob.gett(['rm', link]), 1, /somebody else/);
    expect((await visitor.gett(['get', link, '-o', '-'])).stdout).toBe('first notes');
    await bob.leave();
  });

  test('mistakes in the command line end with 2 and name the remedy', async () => {
    expectComplaint(await ada.gett(['upp']), 2, /Did you mean up/);
    expectComplaint(await ada.gett(['up', 'plan.txt', '--tilte', 'x']), 2, /Did you mean --title/);
    expectComplaint(await ada.gett(['ls', '--limit', 'many']), 2, /whole number/);
    expectComplaint(
      await ada.gett(['get', 'not a share']),
      2,
      /https:\/\/files\.example\.org\/4Xq81Rb/,
    );
    expectComplaint(
      await ada.gett(['ls', '--server', 'ftp://x']),
      2,
      /https:\/\/files\.example\.org/,
    );
  });

  test('what is not there is named, so that one of many links can be mended', async () => {
    const link = await share('notes.txt');
    expectComplaint(
      await ada.gett(['rm', link, 'nosuch12']),
      1,
      /no such share or file \(nosuch12\)/,
    );
    expectComplaint(await ada.gett(['rm', `${link}/v/7`]), 1, /no such share or file \(\w+\/7\)/);
  });

  test('a server that is not there, and one that is something else, are named', async () => {
    const gone = 'http://127.0.0.1:9';
    expectComplaint(await visitor.gett(['get', `${gone}/abcdef`]), 1, /127\.0\.0\.1:9.*try again/);
  });

  test('--help and --version answer on standard output', async () => {
    const help = await visitor.gett(['--help']);
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const word of ['login', 'up', 'ls', 'get', 'rm', 'title', 'whoami', 'GETT_SERVER']) {
      expect(help.stdout).toContain(word);
    }
    expect((await visitor.gett([])).stdout).toBe(help.stdout);
    expect((await visitor.gett(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
