import type { Environment } from './blocks.ts';

/** How the example of one doc comment is run. */
interface Run {
  environment?: Environment;
  given?: string[];
  imports?: string;
  /** Lines that follow, where the example itself prints nothing. */
  also?: string;
  /** Turns what a reader leaves out into what the local service needs. */
  replace?: Record<string, string>;
  prints: string[];
}

const SMARTFILE =
  "import { BasicClient, OAuthClient, SmartFileClient, apiKey } from 'gett-sdk/smartfile';";
const OWN = "import { GettClient } from 'gett-sdk';";

/** By source file below `src/sdk`; an example without an entry here fails the test. */
export const DOC_COMMENTS: Record<string, Run> = {
  'gett/client': { imports: OWN, given: ['password', 'file'], prints: ['http…'] },
  'gett/file': {
    given: ['share', 'blob', 'draw'],
    also: 'console.log(file.filename, file.state);',
    prints: ['0 of 11', '…', '11 of 11', 'cat.jpg uploaded'],
  },
  'gett/shares': { given: ['gett', 'share'], prints: ['Given http…', '…'] },
  'http/gett-error': {
    imports: `import { isGettError } from 'gett-sdk';\n${OWN}\nconst gett = new GettClient({ baseUrl: 'https://files.example.org/1' });`,
    given: ['showSignIn'],
    prints: ['Please sign in.'],
  },
  'live/connection': {
    given: ['gett', 'share'],
    // Somebody asks for a file without bytes. Once that was heard they go away, and nobody listens.
    imports: `const live = await gett.live.connect();
      void share.createFile({ filename: 'a.txt', session: live.session }).then((file) => {
        const visit = new AbortController();
        const leave = () => {
          visit.abort();
          live.close();
        };
        live.on('download', () => setTimeout(leave));
        return fetch(file.blobUrl(), { signal: visit.signal }).catch(() => undefined);
      });`,
    prints: ['Somebody wants a.txt.', 'download'],
  },
  'live/node': {
    imports: `${OWN}\nimport { LiveWebSocket } from 'gett-sdk/node';`,
    given: ['password'],
    also: `await gett.signIn({ email: 'ada@example.org', password });
      const live = await gett.live.connect();
      console.log(live.connected);
      live.close();`,
    prints: ['true'],
  },
  'node/download': {
    imports: "import { saveFile } from 'gett-sdk/node';\nimport { readdirSync } from 'node:fs';",
    given: ['gett', 'share'],
    also: "console.log(readdirSync('downloads').length, readdirSync('downloads')[0]);",
    prints: ['1 ….bin'],
  },
  'node/environment': {
    imports: "import { gettEnvironment } from 'gett-sdk/node';",
    also: 'console.log(baseUrl);',
    prints: ['http…/1'],
  },
  'node/environment-2': {
    imports: "import { createGettClient, fileFromPath, fileTokenStore } from 'gett-sdk/node';",
    prints: ['http…'],
  },
  'node/file': {
    imports: "import { fileFromPath } from 'gett-sdk/node';\nconst file = announced;",
    given: ['announced'],
    also: 'console.log(file.state);',
    prints: ['uploaded'],
  },
  'node/token-store': {
    imports: `${OWN}\nimport { fileTokenStore } from 'gett-sdk/node';\nimport { statSync } from 'node:fs';`,
    given: ['password'],
    also: `await gett.signIn({ email: 'ada@example.org', password });
      console.log((statSync('.secrets/gett.json').mode & 0o777).toString(8));`,
    prints: ['600'],
  },
  'queue/queue': {
    imports: "import { UploadQueue } from 'gett-sdk';",
    given: ['gett', 'files', 'draw'],
    also: `console.log(items.map(({ state }) => state.type).join());
      live.close();`,
    replace: { 'draw(queue.progress)': 'void queue.progress' },
    prints: ['sent,sent'],
  },
  'upload/engine': {
    imports: "import { uploadFile } from 'gett-sdk';\nconst file = announced;",
    given: ['announced', 'blob', 'draw'],
    also: 'console.log((await file.refresh()).state);',
    prints: ['0 of 11', '…', '11 of 11', 'uploaded'],
  },
  'drop/element': {
    environment: 'page',
    imports: `import 'gett-sdk/drop';
      import type { GettDropElement } from 'gett-sdk/drop';
      document.body.innerHTML = '<gett-drop server="https://files.example.org"></gett-drop>';`,
    given: ['files'],
    also: `document.querySelector<GettDropElement>('gett-drop')?.share(files);`,
    prints: ['http…'],
  },
  'smartfile/basic-client': {
    imports: SMARTFILE,
    given: ['smartfile'],
    replace: {
      '{ key, password }': '{ ...smartfile }',
      'await client.get': 'const info = await client.get',
    },
    also: 'console.log(JSON.stringify(info));',
    prints: ['…"path":"/"…'],
  },
  'smartfile/client': {
    imports: SMARTFILE,
    given: ['smartfile', 'file'],
    replace: {
      'new SmartFileClient({ auth: apiKey({ key, password }) })':
        'new SmartFileClient({ auth: apiKey(smartfile), baseUrl: smartfile.baseUrl })',
    },
    also: 'console.log(url);',
    prints: ['http…'],
  },
  'smartfile/oauth-client': {
    imports: SMARTFILE,
    given: ['smartfile'],
    replace: {
      '{ client: { token, secret } }': '{ client: smartfile.client, baseUrl: smartfile.baseUrl }',
      'open(client.authorizationUrl(request))':
        'const verifier = await smartfile.consent(client.authorizationUrl(request))',
      'requestToken(callback)': 'requestToken()',
      'await client.whoami()': 'console.log((await client.whoami()).user.username)',
    },
    prints: ['bobafett'],
  },
  'bridge/client': {
    imports: "import { basicAuth, BridgeClient } from 'gett-sdk/bridge';",
    given: ['password', 'file'],
    also: 'console.log(entry.filename);',
    prints: ['notes.txt'],
  },
  'bridge/files': {
    given: ['bridge', 'bucket', 'entry'],
    also: 'console.log(await blob.text());',
    prints: ['Hello world'],
  },
  'bridge/key-pair': {
    environment: 'page',
    imports: "import { KeyPair } from 'gett-sdk/bridge';",
    given: ['bridge'],
    also: "console.log(sessionStorage.getItem('bridge-key')?.length, (await bridge.keys.list()).length);",
    prints: ['64 …'],
  },
  'jetstream/jetstream': {
    imports:
      "import { JetStream } from 'gett-sdk/jetstream';\nimport { TcpTransport } from 'gett-sdk/node';",
    given: ['password'],
    replace: {
      'new JetStream()': 'new JetStream({ transport: () => new TcpTransport() })',
      '/home/readme.txt': '/home/jsmith/readme.txt',
    },
    prints: ['jetstream://…'],
  },
  'jetstream/link': {
    imports: "import { parseJetStreamLink } from 'gett-sdk/jetstream';",
    replace: {
      'parseJetStreamLink(': 'const link = parseJetStreamLink(',
      'files.example.org': 'link.example.org',
    },
    also: 'console.log(JSON.stringify(link));',
    prints: [
      '{"host":"link.example.org","port":8886,"action":"download","token":"MAYWEBRO.TRUPO.VEVEEBLU"}',
    ],
  },
  'jetstream/transports/memory': {
    imports: "import { MemoryTransport } from 'gett-sdk/jetstream';",
    also: `server.onMessage((text) => console.log(text));
      await client.open();
      await client.send('hello');`,
    prints: ['hello'],
  },
};
