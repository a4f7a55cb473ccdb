import { ensureBuilt } from '../../scripts/lib/builds.mjs';

export default (): Promise<void> => ensureBuilt('sdk', 'server', 'extension', 'extension-firefox');
