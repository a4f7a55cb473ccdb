import { ensureBuilt } from './build.ts';

export default (): Promise<void> => ensureBuilt('sdk', 'server', 'extension', 'extension-firefox');
