import { describe, expect, test } from 'vitest';
import { parseCommandLine, UsageError } from '../../../../src/server/cli/arguments.ts';
import { HELP } from '../../../../src/server/cli/usage.ts';

describe('a mistake is refused with a sentence that names the remedy', () => {
  test.each([
    [['frobnicate'], /serve, user add/],
    [['user'], /user add/],
    [['user', 'remove', 'x'], /user add/],
    [['serve', '--nonsense'], /--nonsense.*--help/],
    [['serve', '--port'], /--port.*--help/],
    [['serve', '--port', '70000'], /65535/],
    [['serve', '--port', 'http'], /65535/],
    [['serve', '--name', 'x'], /--name.*--help/],
    [['serve', 'here'], /"here".*--help/],
    [['serve', '--storage-limit', '2GB'], /whole number/],
    [['serve', '--log-level', 'loud'], /info/],
    [['serve', '--public-url', 'share.example.org'], /https:\/\//],
    [['serve', '--public-url', 'https://example.org/share'], /without a path/],
    [['user', 'add', '--name', 'Ada', '--password-stdin'], /EMAIL/],
    [['user', 'add', 'ada', '--name', 'Ada', '--password-stdin'], /ada@example\.org/],
    [['user', 'add', 'ada@example.org', '--password-stdin'], /--name NAME/],
    [['app', 'add'], /NAME/],
    [['app', 'revoke', 'first'], /app list/],
    [['file', 'remove', '--reason', 'spam'], /SHARENAME/],
    [['file', 'remove', 'abcdefg', '--reason', 'spam'], /FILEID/],
    [['file', 'remove', 'abcdefg', 'x', '--reason', 'spam'], /"x".*link/],
    [['file', 'remove', 'abcdefg', '0'], /--reason TEXT/],
    [['file', 'remove', 'abcdefg', '0', '1', '--reason', 'spam'], /"1".*--help/],
    [['file', 'restore'], /"file restore".*file remove/],
    [['serve', '--data', ''], /--data/],
    [['serve', '--data=a', '-x'], /-x.*--help/],
    [['app', 'add', ' '], /NAME/],
    [['app', 'list', 'all'], /"all".*--help/],
  ])('%j', (args, remedy) => {
    const parse = () => parseCommandLine(args);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(remedy);
    expect(parse).not.toThrow(/\n/);
  });
});

test('serve has a default for everything', () => {
  expect(parseCommandLine(['serve'])).toEqual({
    command: 'serve',
    data: './gett-data',
    host: '127.0.0.1',
    port: 4380,
    storageLimit: 2_000_000_000,
    logLevel: 'info',
    liveLimits: { connections: 20_000, perUser: 200 },
  });
});

test('serve takes origins without the slash at their end', () => {
  const args = ['serve', '--public-url', 'https://Share.example.org/', '--port', '0'];
  expect(parseCommandLine(args)).toMatchObject({ publicUrl: 'https://share.example.org', port: 0 });
});

test('flags may stand before and after the words', () => {
  const expected = { command: 'user add', data: 'd', email: 'a@b', name: 'A B' };
  const flags = ['--name', 'A B', '--password-stdin', '--data', 'd'];
  expect(parseCommandLine(['user', 'add', 'a@b', ...flags])).toEqual(expected);
  expect(parseCommandLine(['user', 'add', ...flags, 'a@b'])).toEqual(expected);
});

test('--help wins over everything else, and tells every flag that is understood', () => {
  expect(parseCommandLine(['serve', '--port', '--help'])).toEqual({ command: 'help' });
  expect(parseCommandLine([])).toEqual({ command: 'help' });
  for (const flag of [
    '--data',
    '--host',
    '--port',
    '--public-url',
    '--blob-url',
    '--more-storage',
    '--accounts',
    '--log-level',
    '--live-connections',
  ]) {
    expect(HELP).toContain(flag);
  }
});

test('how many Live connections are taken can be chosen, in all and of one user', () => {
  const parse = (...args: string[]) => parseCommandLine(['serve', ...args]);
  expect(parse()).toMatchObject({ liveLimits: { connections: 20_000, perUser: 200 } });
  expect(parse('--live-connections', '50', '--live-per-user=4')).toMatchObject({
    liveLimits: { connections: 50, perUser: 4 },
  });
  expect(() => parse('--live-per-user', '0')).toThrow(
    '--live-per-user must be a whole number above zero, not "0".',
  );
});

test('a page where users get more storage is a page of the web', () => {
  const parse = (...args: string[]) => parseCommandLine(['serve', ...args]);
  expect(parse()).not.toHaveProperty('moreStorage');
  expect(parse('--more-storage', 'https://example.org/storage?from=gett')).toMatchObject({
    moreStorage: 'https://example.org/storage?from=gett',
  });
  for (const wrong of ['javascript:alert(1)', 'storage', 'https://ada:secret@example.org/']) {
    expect(() => parse('--more-storage', wrong)).toThrow(
      '--more-storage must be the address of a web page',
    );
  }
});

test('a page where people get accounts is a page of the web', () => {
  const parse = (...args: string[]) => parseCommandLine(['serve', ...args]);
  expect(parse()).not.toHaveProperty('accountsPage');
  expect(parse('--accounts', 'https://example.org/join')).toMatchObject({
    accountsPage: 'https://example.org/join',
  });
  expect(() => parse('--accounts', 'javascript:alert(1)')).toThrow(
    '--accounts must be the address of a web page',
  );
});

test('sharing without an account is off unless it is asked for, and has limits of its own', () => {
  const parse = (...args: string[]) => parseCommandLine(['serve', ...args]);
  expect(parse()).not.toHaveProperty('anonymous');
  expect(parse('--anonymous')).toMatchObject({
    anonymous: { maxSize: 100_000_000, filesPerHour: 100, lifetime: 604_800_000 },
  });
  const given = ['--anonymous-size', '5', '--anonymous-files', '6', '--anonymous-days', '1'];
  expect(parse('--anonymous', '--behind-proxy', ...given)).toMatchObject({
    behindProxy: true,
    anonymous: { maxSize: 5, filesPerHour: 6, lifetime: 86_400_000 },
  });
  expect(() => parse('--anonymous-days', '1')).toThrow(/needs --anonymous/);
  for (const wrong of ['0', '1.5', '-1', 'week']) {
    expect(() => parse('--anonymous', `--anonymous-days=${wrong}`)).toThrow(/whole number/);
  }
});
