import { ensureBuilt } from '../../scripts/lib/builds.mjs';

/** Integration and conformance tests run the built server. */
export default (): Promise<void> => ensureBuilt('server');
