import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import manifest from '../../package.json' with { type: 'json' };
import { login, logout, whoami } from './commands/account.ts';
import { get } from './commands/get.ts';
import { listFiles, listShares, remove, title } from './commands/shares.ts';
import { up } from './commands/up.ts';
import { UsageError } from './errors.ts';
import { parseReference } from './reference.ts';
import { openService } from './service.ts';

const SHARE = 'a link, or the name of a share at its end';
const JSON_FLAG = ['--json', 'put out JSON for programs'] as const;

/** The command line as people see it. Parsing it runs the command. */
export function createProgram(signal: AbortSignal) {
  const program = new Command('gett')
    .description('Shares files: the link is there before the upload.')
    .version(manifest.version, '--version', 'the version')
    .helpOption('--help', 'this text')
    .helpCommand(false)
    .option('--server <url>', 'the service; else GETT_SERVER, else that of the last login')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .showSuggestionAfterError()
    .showHelpAfterError('See gett --help.')
    .addHelpText(
      'after',
      `
Environment:
  GETT_SERVER                 the service
  GETT_EMAIL, GETT_PASSWORD   sign in for this one command; nothing is kept
  GETT_REFRESH_TOKEN          the same with a token

Exit codes: 0 done, 1 failed, 2 a mistake in the command line, 3 not signed in, 130 Ctrl+C.`,
    );
  const server = () => program.opts().server;

  program
    .command('login')
    .description('sign in; the password is asked for, or read as the first line of standard input')
    .argument('[email]', 'asked for when it is not given')
    .action((email) => login(email, server(), signal));

  program
    .command('logout')
    .description('forget the sign-in')
    .action(async () => logout(await openService(server())));

  program
    .command('whoami')
    .description('who is signed in, and how much room there is')
    .option(...JSON_FLAG)
    .action(async (options) => whoami(await openService(server()), options, signal));

  program
    .command('up')
    .description('share files; the link comes first, then the bytes follow')
    .argument('<file...>', 'files; - is standard input')
    .option('--title <text>', 'title of the share')
    .option('--each', 'one share for each file, instead of one for all')
    .option('--name <filename>', 'what standard input is called', 'stdin')
    .option(...JSON_FLAG)
    .addHelpText(
      'after',
      '\nAfter Ctrl+C or a failure run the same command again: it goes on under the same link.',
    )
    .action(async (files, options) => up(files, options, await openService(server()), signal));

  program
    .command('ls')
    .description('list your shares, newest first, or the files of one share')
    .argument('[share]', SHARE)
    .option('-n, --limit <count>', 'so many shares at most', wholeNumber)
    .option(...JSON_FLAG)
    .action(async (share, options) => {
      if (share === undefined) return listShares(await openService(server()), options, signal);
      const reference = parseReference(share);
      return listFiles(await openService(server(), reference), reference, options, signal);
    });

  program
    .command('get')
    .description('fetch the files of a share, or one of them; nobody needs to be signed in')
    .argument('<share>', `${SHARE}; or the link of a file`)
    .argument('[file]', 'name or number of a file of the share')
    .option('-o, --output <path>', 'file or folder to write to; - is standard output')
    .option('--force', 'replace files that are there already')
    .option(...JSON_FLAG)
    .action(async (share, file, options) => {
      if (options.json && options.output === '-') {
        throw new UsageError('--json and -o - both want standard output; leave one out.');
      }
      const reference = parseReference(share);
      return get(await openService(server(), reference), reference, file, options, signal);
    });

  program
    .command('rm')
    .description('remove shares with all their files, or single files')
    .argument('<share...>', `${SHARE}; or the link of a file`)
    .action(async (shares) => {
      for (const reference of shares.map(parseReference)) {
        await remove(await openService(server(), reference), reference, signal);
      }
    });

  program
    .command('title')
    .description('show the title of a share, or change it')
    .argument('<share>', SHARE)
    .argument('[text]', 'the new title')
    .option('--clear', 'remove the title')
    .option(...JSON_FLAG)
    .action(async (share, text, { clear, ...options }) => {
      if (clear && text !== undefined) throw new UsageError('Give a title, or --clear; not both.');
      const service = await openService(server(), parseReference(share));
      return title(service, share, clear ? null : text, options, signal);
    });

  return program;
}

function wholeNumber(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count > 0 && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 on.');
}
