/**
 * The server's command line from a checkout: `npm run server -- serve --port 4380`. Installs and
 * builds what is missing, then is that command: same process, same signals, same exit code.
 */
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { ensureDependencies, main } from './lib/setup.mjs';

const CLI = at('dist/server/cli.js');

await main(async () => {
  await ensureDependencies();
  await ensureBuilt('server');
  // npm runs scripts in the project's root; paths are meant from where the person stands.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  process.argv[1] = CLI;
  await import(CLI);
});
