import { type ClientRequest, request } from 'node:http';
import { test as base } from '@playwright/test';
import { GettClient, type Share, type ShareFile } from '../../../src/sdk/index.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { USER } from './account.ts';
import { CHROMIUM } from './chromium.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  share: Share;
}

interface WorkerFixtures {
  server: TestServer;
  /** Signed in as the owner of everything. */
  owner: GettClient;
}

/** A visitor with a plain browser, and somebody who shares. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  launchOptions: [{ executablePath: CHROMIUM }, { scope: 'worker' }],
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
    async ({}, use) => {
      const server = await startServer();
      await server.addUser(USER);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  owner: [
    async ({ server }, use) => {
      const gett = new GettClient({ baseUrl: server.baseUrl });
      await gett.signIn(USER);
      await use(gett);
    },
    { scope: 'worker' },
  ],
  share: async ({ owner }, use) => use(await owner.shares.create({ title: 'Summer 2025' })),
});

export async function put(share: Share, filename: string, bytes: Buffer): Promise<ShareFile> {
  const file = await share.createFile({ filename });
  await file.send(new Blob([new Uint8Array(bytes)]));
  return file;
}

/** An upload that goes on only when it is told to. */
export class SlowUpload {
  readonly #request: ClientRequest;
  readonly #answered: Promise<number>;

  constructor(
    file: ShareFile,
    private readonly bytes: Buffer,
  ) {
    this.#request = request(file.upload?.puturl ?? '', {
      method: 'PUT',
      headers: { 'Content-Length': bytes.length },
    });
    this.#answered = new Promise((resolve, reject) => {
      this.#request.on('error', reject).on('response', (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
    });
    this.#answered.catch(() => undefined);
  }

  /** Sends the bytes up to here. */
  begin(end: number): void {
    this.#request.write(this.bytes.subarray(0, end));
  }

  /** Sends the rest, and gives the status. */
  finish(from: number): Promise<number> {
    this.#request.end(this.bytes.subarray(from));
    return this.#answered;
  }

  breakOff(): void {
    this.#request.destroy();
  }
}
