import { GettClient, memoryTokenStore, type UploadOptions } from '../../src/sdk/index.ts';
import type { ManualClock } from './manual-clock.ts';

interface RunningUpload {
  bytes: string;
  options: UploadOptions;
  finish: () => void;
  fail: (error: unknown) => void;
}

/** A service in memory whose uploads end when a test says so. */
export class QueueWorld {
  readonly gett: GettClient;
  /** State by file name. */
  readonly states = new Map<string, string>();
  /** Names of files in the order in which their uploads began. */
  readonly started: string[] = [];
  readonly running = new Map<string, RunningUpload>();
  /** Bodies of `files/create`. */
  readonly announced: unknown[] = [];
  readonly #names: string[] = [];

  constructor(clock: ManualClock) {
    this.gett = new GettClient({
      baseUrl: 'http://gett.test/1',
      tokens: memoryTokenStore({
        accessToken: 'a.app.u.1.sig',
        refreshToken: 'r.app.u.0.0.sig',
        expiresAt: clock.now() + 86_400_000,
      }),
      clock,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const { pathname } = new URL(request.url);
        const body: unknown = request.method === 'POST' ? await request.json() : undefined;
        return Response.json(this.#answer(pathname, body));
      },
      uploadFile: async (_target, source, options = {}) => {
        const name = options.name ?? '';
        this.started.push(name);
        const bytes = source instanceof Blob ? await source.text() : '';
        await new Promise<void>((resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
          this.running.set(name, { bytes, options, finish: resolve, fail: reject });
        }).finally(() => this.running.delete(name));
        this.states.set(name, 'uploaded');
      },
    });
  }

  fileid(name: string): string {
    return String(this.#names.indexOf(name));
  }

  #answer(path: string, body: unknown): unknown {
    if (path === '/1/shares/create') {
      return { sharename: '4Xq81Rb', created: 1, getturl: 'http://gett.test/4Xq81Rb', batch: 1000 };
    }
    if (path.endsWith('/create') && Array.isArray(body)) {
      this.announced.push(...body);
      return body.map(({ filename }: { filename: string }) => {
        this.states.set(filename, 'remote');
        return this.#file(String(this.#names.push(filename) - 1));
      });
    }
    return this.#file(path.split('/').at(-1) ?? '');
  }

  #file(fileid: string) {
    const filename = this.#names[Number(fileid)] ?? '';
    return {
      sharename: '4Xq81Rb',
      fileid,
      filename,
      readystate: this.states.get(filename),
      created: 1,
      getturl: `http://gett.test/4Xq81Rb/v/${fileid}`,
      upload: { puturl: `http://gett.test/put/${fileid}`, posturl: 'http://gett.test/post' },
    };
  }
}
