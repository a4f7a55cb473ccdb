/**
 * What the guides take as given: a name of a block's `given=…`, and a module that exports it. Each is
 * for Node and for pages alike.
 */
export const GIVEN: Record<string, string> = {
  password: "export const password = 'difference engine';",
  gett: `
    import { GettClient } from 'gett-sdk';
    import { password } from './password.js';
    const WebSocket = globalThis.WebSocket ?? (await import('gett-sdk/node')).LiveWebSocket;
    export const gett = new GettClient({ baseUrl: 'https://files.example.org/1', WebSocket });
    await gett.signIn({ email: 'ada@example.org', password });`,
  /** Somebody's choice of files. */
  files: `
    export const files = [new File(['one'], 'one.txt'), new File(['two'], 'two.txt')];`,
  file: "export const file = new File(['Hello world'], 'notes.txt', { type: 'text/plain' });",
  blob: "export const blob = new Blob(['Hello world']);",
  /** A PNG of 3 × 2 pixels. */
  picture: `
    const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWOQr7KFIAY4CwAxiAUF87SPAwAAAABJRU5ErkJggg==';
    const bytes = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0));
    export const picture = new Blob([bytes], { type: 'image/png' });`,
  /** A share with one stored file. */
  share: `
    import { gett } from './gett.js';
    import { file } from './file.js';
    export const share = await gett.upload([file], { title: 'Given' }).done;`,
  /** A file without bytes. */
  announced: `
    import { share } from './share.js';
    export const announced = await share.createFile({ filename: 'later.txt' });`,
  draw: `
    export function draw(sent: number, total: number | undefined): void {
      console.log(\`\${sent} of \${total}\`);
    }`,
  showSignIn: "export const showSignIn = () => console.log('Please sign in.');",
  smartfile: `
    export const smartfile = {
      key: 'TestKeyTestKeyTestKeyTestKeyTest',
      password: 'TestPwdTestPwdTestPwdTestPwdTest',
      client: { token: 'test-client', secret: 'test client & secret' },
      baseUrl: 'https://smartfile.example.org/',
      /** What the user does on the page of the service. */
      async consent(url: string): Promise<string> {
        const page = await (await fetch(url, { method: 'POST' })).text();
        return /verifier">(\\w+)</.exec(page)?.[1] ?? '';
      },
    };`,
  tokenFromTheMail: `
    export async function tokenFromTheMail(email: string): Promise<string> {
      return (await fetch(\`https://mail.example.org/\${email}\`)).text();
    }`,
  bridge: `
    import { basicAuth, BridgeClient } from 'gett-sdk/bridge';
    import { password } from './password.js';
    const WebSocket = globalThis.WebSocket ?? (await import('gett-sdk/node')).BridgeWebSocket;
    const auth = basicAuth({ email: 'ann@example.com', password });
    export const bridge = new BridgeClient({ baseUrl: 'https://bridge.example.com', auth, WebSocket });`,
  bucket: `
    import { bridge } from './bridge.js';
    export const bucket = await bridge.buckets.create({ name: 'Given' });`,
  entry: `
    import { bridge } from './bridge.js';
    import { bucket } from './bucket.js';
    import { file } from './file.js';
    export const entry = await bridge.files.upload(bucket.id, file);`,
};
