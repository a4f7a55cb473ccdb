import { CommanderError } from '@commander-js/extra-typings';
import { describe, EXIT, exitCodeOf, Interrupted } from './errors.ts';
import { say } from './output.ts';
import { createProgram } from './program.ts';
import { serverOf } from './service.ts';

/** Runs one command. Gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  // Not "once": what restores the cursor ends the process when it finds itself the only listener.
  // https://github.com/tapjs/signal-exit#readme
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort(new Interrupted());
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // A reader that has gone, as in `gett up film.mkv | head -1`, ends the output and not the upload.
  let readerGone = false;
  process.stdout.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    readerGone = true;
  });

  const program = createProgram(interruption.signal);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      // The first line says what is wrong; a second one may suggest what was meant.
      outputError: (text) =>
        say(
          `gett: ${text
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' ')}`,
        ),
    });
  }
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (readerGone) return EXIT.brokenPipe;
    // At a question the terminal hands over Ctrl+C as a key, and not as a signal.
    if (interruption.signal.aborted || error instanceof Interrupted) return EXIT.interrupted;
    const server = await serverOf(program.opts().server).catch(() => undefined);
    say(`gett: ${describe(error, server && addressOf(server))}`);
    return exitCodeOf(error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    // What nobody reads any more would keep the process waiting for its end.
    process.stdin.destroy();
  }
}

/** As people write it. */
function addressOf(baseUrl: string): string {
  return baseUrl.replace(/\/1$/, '');
}
