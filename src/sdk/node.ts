/** What needs Node, and everything else of the package with it. */
export * from './index.ts';
export { fileFromPath } from './node/file.ts';
