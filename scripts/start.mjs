/**
 * The whole product on this machine: `npm start`. Builds the extension, starts the server on its
 * embedded default, opens a browser that is signed in on a demo page. Without a display it shares
 * one picture through the extension, proves the download and keeps the server running.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { ensureChromium, ensureDependencies, main, SetupError, say } from './lib/setup.mjs';

const HELP = `npm start -- [options]

  --port PORT   port of the server (default 4380, 0 for a free one)
  --data DIR    what the demo keeps until next time (default .data)
  --headless    share one picture without a window, as on a machine without a display
  --exit        with --headless: end after the share instead of keeping the server running
  --help        this text
`;

const options = /** @type {const} */ ({
  port: { type: 'string', default: '4380' },
  data: { type: 'string', default: '.data' },
  headless: { type: 'boolean', default: false },
  exit: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

function readOptions() {
  try {
    const { values } = parseArgs({ options });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      throw new SetupError(`--port must be a number from 0 to 65535, not "${values.port}".`);
    }
    return values;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

const hasDisplay = () =>
  ['darwin', 'win32'].includes(process.platform) ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await main(async () => {
  const { port, data, help, exit, headless: asked } = readOptions();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const headless = asked || exit || !hasDisplay();

  await ensureDependencies();
  const executable = await ensureChromium();
  say('building the extension and the server');
  await ensureBuilt('server', 'extension');

  const { startDemo } = await import('./demo/run/demo.mjs');
  const demo = await startDemo({ folder: path.resolve(at(), data), port, executable, headless });
  const stop = async () => {
    say('stopping');
    await demo.stop();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
  try {
    if (headless) await demo.shareOnePicture();
    else await demo.show();
  } catch (error) {
    await demo.stop();
    throw error;
  }
  if (exit) await stop();
  process.stdout.write(demo.nextSteps());
});
