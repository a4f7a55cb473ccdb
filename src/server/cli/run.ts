import manifest from '../../../package.json' with { type: 'json' };
import { errorCode, OperatorError } from '../errors.ts';
import { SQLITE_FULL, sqliteCode } from '../metadata/sqlite.ts';
import { addApp, addUser, listApps, revokeApp, setPassword } from './accounts.ts';
import { type Command, parseCommandLine, UsageError } from './arguments.ts';
import { removeFile } from './files.ts';
import { serve } from './serve.ts';
import { HELP } from './usage.ts';

/** Runs one command. Gives the exit code: 0, 1 for failures, 2 for mistakes in the command line. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await execute(parseCommandLine(args));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, 2);
    return complain(describeFailure(error), 1);
  }
}

async function execute(command: Command): Promise<void> {
  switch (command.command) {
    case 'help':
      process.stdout.write(HELP);
      return;
    case 'version':
      console.log(manifest.version);
      return;
    case 'serve':
      return serve(command);
    case 'user add':
      return addUser(command);
    case 'user passwd':
      return setPassword(command);
    case 'app add':
      return addApp(command);
    case 'app list':
      return listApps(command);
    case 'app revoke':
      return revokeApp(command);
    case 'file remove':
      return removeFile(command);
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  if (errorCode(error) === 'ENOSPC' || sqliteCode(error) === SQLITE_FULL) {
    return 'The disk is full; free some space, then try again. Nothing that was stored is harmed.';
  }
  return `Something unexpected went wrong: ${error instanceof Error ? error.message : String(error)}`;
}

function complain(sentence: string, code: number): number {
  console.error(`gett-server: ${sentence}`);
  return code;
}
