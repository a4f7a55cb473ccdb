import { ensureBuilt } from './build.ts';

/** Integration and conformance tests run the built server. */
export default (): Promise<void> => ensureBuilt('server');
