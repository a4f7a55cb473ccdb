import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answer, type FaultServer, faultServer } from '../support/fault-server.ts';
import { newPerson, type Person } from '../support/gett-command.ts';

/** Each test starts programs, and a busy machine starts them slowly. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Names the window, clears the screen, begins a line of its own, also with controls of one byte. */
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\ngett: all is well\u009b2J\u202e';
const HARMLESS = HOSTILE.replace(/[^ -~]/g, '\ufffd');
/** Everything that moves, colours or turns; lines end as they do at a terminal. */
const CONTROLS = /(?![\r\n])\p{Cc}|\u202e/u;

let visitor: Person;
beforeAll(async () => {
  visitor = await newPerson();
  await writeFile(path.join(visitor.folder, 'notes.txt'), 'notes');
});
afterAll(() => visitor.leave());

const share = (origin: string) => ({
  sharename: 'abc1234',
  title: HOSTILE,
  created: 1_700_000_000,
  getturl: `${origin}/abc1234${HOSTILE}`,
  files: [
    {
      sharename: 'abc1234',
      fileid: '0',
      filename: HOSTILE,
      created: 1_700_000_000,
      downloads: 0,
      readystate: 'remote',
      size: 5,
      getturl: `${origin}/abc1234/v/0${HOSTILE}`,
    },
  ],
});

async function withServer(
  reply: (origin: string, url: string) => [number, unknown],
  use: (server: FaultServer) => Promise<void>,
) {
  const server = await faultServer((request, response) =>
    answer(...reply(server.origin, request.url ?? ''))(request, response),
  );
  await use(server);
  await server.stop();
}

test('the sentence of a server stays on its line and moves nothing on the terminal', () =>
  withServer(
    () => [400, { error: HOSTILE }],
    async ({ origin }) => {
      const { code, stderr } = await visitor.gett(['get', `${origin}/abc1234`]);
      expect([code, stderr]).toEqual([1, `gett: ${HARMLESS}\n`]);
      const { shown } = await visitor.terminal(`gett get ${origin}/abc1234`);
      expect(shown).toContain(HARMLESS);
      expect(shown).not.toMatch(CONTROLS);
    },
  ));

test('links, names and titles do not either; JSON has them as they are', () =>
  withServer(
    (origin) => [200, share(origin)],
    async ({ origin }) => {
      const link = `${origin}/abc1234`;
      const listed = await visitor.gett(['ls', link]);
      expect(listed.stdout.split('\t').slice(-1)).toEqual([`${HARMLESS}\n`]);
      expect(listed.stdout.split('\t')).toHaveLength(6);
      const missing = await visitor.gett(['get', link, 'nosuch']);
      expect(missing.stderr).toContain(HARMLESS);
      const titled = await visitor.gett(['title', link]);
      expect(titled.stdout).toBe(`${HARMLESS}\n`);
      for (const { stdout, stderr } of [listed, missing, titled]) {
        expect(stdout.replaceAll('\t', '') + stderr).not.toMatch(CONTROLS);
      }
      expect((await visitor.terminal(`gett ls ${link}`)).shown).not.toMatch(CONTROLS);
      const { stdout } = await visitor.gett(['title', link, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ title: HOSTILE, files: [{ filename: HOSTILE }] });
    },
  ));

test('a link that is put out first, and what is removed, neither', () =>
  withServer(
    (origin, url) => {
      if (url.includes('/users/login')) {
        const user = { userid: 'u', fullname: 'Eve', email: 'e@example.org', type: 'user' };
        const tokens = { accesstoken: 'a', refreshtoken: 'r', expires: 86_400 };
        return [200, { ...tokens, user: { ...user, storage: { used: 0, limit: 9, extra: 0 } } }];
      }
      if (url.includes('/destroy')) return [200, { success: true }];
      if (url.includes('/sent')) return [400, { error: HOSTILE }];
      const upload = { puturl: `${origin}/sent`, posturl: `${origin}/sent` };
      const made = share(origin);
      return [200, url.includes('/files/') ? { ...made.files[0], upload } : made];
    },
    async ({ origin }) => {
      const env = { GETT_SERVER: origin, GETT_REFRESH_TOKEN: 'r' };
      const sent = await visitor.gett(['up', 'notes.txt'], { env });
      expect([sent.code, sent.stderr]).toEqual([1, expect.stringContaining(HARMLESS)]);
      expect(sent.stdout).toBe(`${origin}/abc1234${HARMLESS}\n`);
      expect(sent.stdout + sent.stderr).not.toMatch(CONTROLS);
      const variables = `GETT_SERVER=${origin} GETT_REFRESH_TOKEN=r`;
      const { shown } = await visitor.terminal(`export ${variables}; gett rm ${origin}/abc1234`);
      expect(shown).toContain('Removed ');
      expect(shown).not.toMatch(CONTROLS);
    },
  ));
