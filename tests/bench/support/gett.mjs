import { spawnSync } from 'node:child_process';
import { at } from '../../../scripts/lib/project.mjs';
import { exchange, forEach } from './http.mjs';
import { launch } from './launch.mjs';

const CLI = at('dist/server/cli.js');
export const USER = { email: 'ada@example.org', password: 'lovelace' };
const STORAGE = 100 * 1024 ** 3;

/** @typedef {import('../../../src/protocol/shapes.ts').GettFile & { upload: import('../../../src/protocol/shapes.ts').GettUpload }} NewFile */

/**
 * The built server with one user, as it comes.
 * @param {string} [profiles] folder for a CPU profile
 */
export async function startGett(profiles) {
  const profiling = profiles ? ['--cpu-prof', '--cpu-prof-dir', profiles] : [];
  const server = await launch((folder) => {
    const serve = ['serve', '--data', folder, '--host', '127.0.0.1', '--port', '0'];
    return [...profiling, CLI, ...serve];
  });
  /** @param {{ email: string, password: string }} user */
  const addUser = ({ email, password }) => {
    const account = ['user', 'add', email, '--name', 'Ada', '--storage-limit', `${STORAGE}`];
    const flags = ['--password-stdin', '--data', server.folder];
    const added = spawnSync(process.execPath, [CLI, ...account, ...flags], { input: password });
    if (added.status !== 0) throw new Error(added.stderr.toString());
  };
  addUser(USER);

  /** @param {string} path @param {unknown} [body] */
  const call = async (path, body = {}) => {
    const headers = { authorization: `Bearer ${token}` };
    const options = { method: 'POST', headers, body: JSON.stringify(body) };
    return JSON.parse((await exchange(`${server.origin}/1${path}`, options)).text);
  };
  let token = '';
  token = (await call('/users/login', USER)).accesstoken;

  return {
    ...server,
    /** Access tokens of so many further users. @param {number} count @returns {Promise<string[]>} */
    async people(count) {
      const tokens = [];
      for (let index = 0; index < count; index++) {
        const user = { email: `user-${index}@example.org`, password: 'engine-no-1' };
        addUser(user);
        tokens.push((await call('/users/login', user)).accesstoken);
      }
      return tokens;
    },
    /** @returns {Promise<import('../../../src/protocol/shapes.ts').GettShare>} */
    newShare: () => call('/shares/create'),
    /**
     * Announces files in one call where the server takes them together.
     * @param {import('../../../src/protocol/shapes.ts').GettShare} share
     * @param {number} count
     * @returns {Promise<NewFile[]>}
     */
    async announce({ sharename, batch = 1 }, count) {
      const names = Array.from({ length: count }, (_, index) => ({ filename: `${index}.bin` }));
      if (count > 1 && count <= batch) return call(`/files/${sharename}/create`, names);
      const files = /** @type {NewFile[]} */ ([]);
      await forEach(names, 8, async (name) => {
        files.push(await call(`/files/${sharename}/create`, name));
      });
      return files;
    },
    /** The signed address of the bytes. @param {NewFile} file */
    async readUrl({ sharename, fileid }) {
      const { headers } = await exchange(`${server.origin}/1/files/${sharename}/${fileid}/blob`);
      return headers.location ?? '';
    },
    /** @param {{ sharename: string }} share */
    destroyShare: ({ sharename }) => call(`/shares/${sharename}/destroy`),
  };
}
