/**
 * ky without what the SDK never asks of it. No bundler can know that no call here has an option of
 * a certain name, so this plugin says it. It stops the build when ky reads otherwise than it
 * expects, and the browsers' test suites run the bundles that it made.
 */

/** @typedef {{ file: string, from: string, to: string, put: string, why: string }} Cut */

/** Each takes away from the first text to the second, which stays. @type {Cut[]} */
const CUTS = [
  {
    why: 'shortcuts for methods, and instances with defaults of their own',
    file: 'index.js',
    from: 'const createInstance = ',
    to: 'export default ky;',
    put: 'const ky = Ky.create;\n',
  },
  {
    why: 'a trial request when it is loaded, to learn whether a body may be a stream',
    file: 'core/constants.js',
    from: 'export const supportsRequestStreams = ',
    to: 'export const supportsAbortController',
    put: 'export const supportsRequestStreams = false;\n',
  },
  {
    why: 'options that `fetch` knows and ky does not',
    file: 'utils/options.js',
    from: 'import ',
    to: '//# sourceMappingURL',
    put: 'export const findUnknownOptions = () => ({});\n',
  },
  {
    why: 'shortcuts for the body of the answer, such as `ky(…).json()`',
    file: 'core/Ky.js',
    from: 'for (const [type, mimeType] of ',
    to: 'return result;',
    put: '',
  },
  {
    why: 'the option `onDownloadProgress`',
    file: 'core/Ky.js',
    from: 'if (ky._options.onDownloadProgress) {',
    to: 'return response;\n        };',
    put: '',
  },
  {
    why: 'what stands behind it',
    file: 'core/Ky.js',
    from: '/* istanbul ignore next */\n    _stream(',
    to: '}\n//# sourceMappingURL',
    put: '',
  },
  {
    why: 'the option `searchParams`',
    file: 'core/Ky.js',
    from: 'if (this._options.searchParams) {',
    to: '}\n    _calculateRetryDelay(',
    put: '',
  },
  {
    why: 'the option `prefixUrl`',
    file: 'core/Ky.js',
    from: "if (this._options.prefixUrl && typeof this._input === 'string') {",
    to: 'if (supportsAbortController) {',
    put: '',
  },
];

const KY = /[\\/]node_modules[\\/]ky[\\/]distribution[\\/](.+)$/;

/** @param {string} code @param {Cut} cut */
function without(code, { file, from, to, put, why }) {
  const start = code.indexOf(from);
  const end = code.indexOf(to, start);
  if (start < 0 || end < 0 || code.includes(from, end)) {
    throw new Error(`ky/${file} has changed: cannot leave out ${why}.`);
  }
  return code.slice(0, start) + put + code.slice(end);
}

/** @returns {import('vite').Plugin} for bundles that go to browsers whole */
export function leanKy() {
  return {
    name: 'lean-ky',
    transform(code, id) {
      const file = KY.exec(id)?.[1]?.replaceAll('\\', '/');
      const cuts = CUTS.filter((cut) => cut.file === file);
      if (cuts.length === 0) return undefined;
      return { code: cuts.reduce(without, code), map: null };
    },
  };
}
