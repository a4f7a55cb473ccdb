/** Makes a bundle that goes to browsers whole as small as it gets. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { minify } from 'terser';

/**
 * Goes once more over what the bundler has minified; what begins with an underscore is private to
 * the library that it stands in.
 * @param {string} file with its map beside it, if `sourcemap` says so
 * @param {boolean} sourcemap
 */
export async function squeeze(file, sourcemap) {
  const name = path.basename(file);
  const { code = '', map } = await minify(await readFile(file, 'utf8'), {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    mangle: { properties: { regex: /^_[a-z]/ } },
    format: { comments: false },
    ...(sourcemap && {
      sourceMap: { content: await readFile(`${file}.map`, 'utf8'), url: `${name}.map` },
    }),
  });
  await writeFile(file, code);
  if (sourcemap && typeof map === 'string') await writeFile(`${file}.map`, map);
}
