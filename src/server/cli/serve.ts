import pino from 'pino';
import { startServer } from '../server.ts';
import type { ServeCommand } from './arguments.ts';

/** Under load many lines are written at once: a write costs as much as the rest of a request. */
const LOG_BUFFER = { minLength: 4096, periodicFlush: 100 };

/** Runs the server until a signal ends it. A second signal does not wait for anything. */
export async function serve(command: ServeCommand): Promise<void> {
  const { logLevel, ...config } = command;
  const stderr = pino.destination({ dest: 2, sync: false, ...LOG_BUFFER });
  const log = pino({ level: logLevel }, stderr);
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the server failed and ends');
    stderr.flushSync();
    process.exit(1);
  });
  const server = await startServer({ ...config, log });
  console.log(`listening on ${server.url}`);
  await firstSignal();
  log.info('stopping');
  await server.stop();
}

function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const onSignal = () => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}
