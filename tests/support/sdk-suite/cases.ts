import { type Case, type Context, codeOf, equal, noise, ok, sha256, signedIn } from './context.ts';
import { liveCases } from './live-cases.ts';

/** A PNG of 3 × 2 pixels. */
const PNG = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWOQr7KFIAY4CwAxiAUF87SPAwAAAABJRU5ErkJggg==',
  ),
  (char) => char.charCodeAt(0),
);

/** Width and height that a PNG tells of itself. */
async function sizeOf(png: Blob): Promise<number[]> {
  const header = new DataView(await png.arrayBuffer());
  return [header.getUint32(16), header.getUint32(20)];
}

export const cases: Case[] = [
  {
    name: 'signs in by password and again by the refresh token alone',
    async run(context) {
      const { sdk, baseUrl, email, password } = context;
      const tokens = sdk.memoryTokenStore();
      const first = new sdk.GettClient({ baseUrl, tokens });
      const user = await first.signIn({ email, password });
      equal(user.email, email, 'e-mail');
      const refreshToken = (await tokens.get())?.refreshToken ?? '';
      const second = new sdk.GettClient({ baseUrl });
      equal((await second.signIn({ refreshToken })).id, user.id, 'user');
      equal((await second.me()).id, user.id, 'me');
    },
  },
  {
    name: 'tells wrong credentials from a call without a sign-in',
    async run({ sdk, baseUrl, email }) {
      const gett = new sdk.GettClient({ baseUrl });
      equal(
        await codeOf(gett.signIn({ email, password: 'not this one' })),
        'wrong-credentials',
        'code',
      );
      equal(await codeOf(gett.me()), 'not-signed-in', 'code');
    },
  },
  {
    name: 'creates, renames, lists and destroys a share',
    async run(context) {
      const gett = await signedIn(context);
      const begun = Math.floor(Date.now() / 1000) * 1000;
      const share = await gett.shares.create({ title: 'Sommer 🌞' });
      equal(share.title, 'Sommer 🌞', 'title');
      equal(share.files.length, 0, 'files');
      equal(new URL(share.url).pathname, `/${share.sharename}`, 'url');
      ok(share.created.getTime() >= begun, 'created');
      const visitor = new context.sdk.GettClient({ baseUrl: context.baseUrl });
      const seen = await visitor.shares.get(share.sharename);
      equal([seen.url, seen.created], [share.url, share.created], 'as a visitor sees it');
      await share.update({ title: 'Winter' });
      equal((await gett.shares.get(share.sharename)).title, 'Winter', 'title');
      equal((await seen.refresh()).title, 'Winter', 'title, asked for again');
      await share.update({ title: null });
      equal(share.title, undefined, 'title');
      const listed: string[] = [];
      for await (const { sharename } of gett.shares.list()) listed.push(sharename);
      ok(listed.includes(share.sharename), 'the share is listed');
      await share.destroy();
      await share.destroy();
      equal((await gett.shares.get(share.sharename)).state, 'removed', 'state');
    },
  },
  {
    name: 'walks through all pages of the list, newest first and each share once',
    async run(context) {
      const gett = await signedIn(context);
      const made: string[] = [];
      for (let i = 0; i < 5; i++)
        made.unshift((await gett.shares.create({ title: `${i}` })).sharename);
      const listed: string[] = [];
      for await (const { sharename } of gett.shares.list({ pageSize: 2 })) listed.push(sharename);
      equal(
        listed.filter((name) => made.includes(name)),
        made,
        'order',
      );
      equal(new Set(listed).size, listed.length, 'each once');
    },
  },
  ...(['post', 'put'] as const).map((method) => ({
    name: `sends a file by ${method} and gets the same bytes back`,
    async run(context: Context) {
      const gett = await signedIn(context);
      const share = await gett.shares.create();
      const bytes = noise(3_000_001);
      const file = await share.createFile({ filename: 'Größe 100 % "новый".bin' });
      equal([file.state, file.size], ['remote', undefined], 'before');
      const seen: number[] = [];
      const phases = new Set<string>();
      await file.send(new Blob([bytes]), {
        method,
        onProgress({ phase, sent, total }) {
          equal(total, bytes.length, 'total');
          phases.add(phase);
          seen.push(sent);
        },
      });
      equal([file.state, file.size], ['uploaded', bytes.length], 'after');
      equal(
        seen,
        seen.toSorted((a, b) => a - b),
        'progress never goes back',
      );
      equal(seen.at(-1), bytes.length, 'progress ends with the size');
      ok(phases.has('sending') && phases.has('done'), 'phases');
      const answer = await file.contents({ noinc: true });
      equal(await sha256(await answer.arrayBuffer()), await sha256(bytes), 'bytes');
      const found = await gett.files.get(share.sharename, file.fileid);
      const { filename, fileid, state, size, downloads, url, created } = found;
      equal([filename, fileid], ['Größe 100 % "новый".bin', file.fileid], 'the file by its id');
      equal([state, size, downloads], ['uploaded', bytes.length, 0], 'what it tells');
      equal(url, `${share.url}/v/${fileid}`, 'url');
      equal([created, created >= share.created], [file.created, true], 'created');
    },
  })),
  {
    name: 'sends a large file in a way that can be resumed, without being told to',
    async run(context) {
      const gett = await signedIn(context);
      const file = await (await gett.shares.create()).createFile({ filename: 'large.bin' });
      equal(file.upload?.resumable, 'tus-1.0', 'announced');
      const bytes = noise(12_000_000);
      await file.send(new Blob([bytes]));
      equal([file.state, file.size], ['uploaded', bytes.length], 'after');
      const answer = await file.contents({ noinc: true });
      equal(await sha256(await answer.arrayBuffer()), await sha256(bytes), 'bytes');
    },
  },
  {
    name: 'sends an empty file',
    async run(context) {
      const gett = await signedIn(context);
      const file = await (await gett.shares.create()).createFile({ filename: 'empty.txt' });
      await file.send(new Blob([]));
      equal([file.state, file.size], ['uploaded', 0], 'state');
      equal(await (await file.contents()).text(), '', 'bytes');
    },
  },
  {
    name: 'replaces the bytes of a file behind the same link',
    async run(context) {
      const gett = await signedIn(context);
      const file = await (await gett.shares.create()).createFile({ filename: 'plan.txt' });
      const draft = noise(9_000_000);
      await file.send(new Blob([draft]));
      await file.send(new Blob([draft.toReversed()]));
      const second = await (await file.contents()).arrayBuffer();
      equal(await sha256(second), await sha256(draft.toReversed()), 'as many others');
      await file.uploadUrls();
      await file.send(new Blob(['final version']), { method: 'put' });
      equal(await (await file.contents()).text(), 'final version', 'bytes');
      equal(file.size, 13, 'size');
      equal(await (await fetch(file.blobUrl())).text(), 'final version', 'by its address');
      const saved = new URL(file.blobUrl({ download: true, noinc: true }));
      equal([...saved.searchParams.keys()].toSorted(), ['download', 'noinc'], 'query');
      equal(await (await fetch(saved)).text(), 'final version', 'by the address to save it');
    },
  },
  {
    name: 'gives up an upload with the reason of the signal, and the file is not uploaded',
    async run(context) {
      const gett = await signedIn(context);
      const file = await (await gett.shares.create()).createFile({ filename: 'big.bin' });
      const controller = new AbortController();
      const reason = new Error('changed my mind');
      const large = new Blob(Array(5).fill(noise(20_000_000)));
      const sending = file.send(large, {
        signal: controller.signal,
        onProgress: ({ sent }) => {
          if (sent > 0) controller.abort(reason);
        },
      });
      // A service worker learns nothing of what is sent: there the abort comes from outside.
      if (typeof XMLHttpRequest === 'undefined') setTimeout(() => controller.abort(reason), 5);
      equal(
        await sending.then(
          () => 'sent',
          (error: unknown) => (error === reason ? 'the very reason' : String(error)),
        ),
        'the very reason',
        'rejection',
      );
      await file.refresh();
      ok(file.state !== 'uploaded', 'the file is not uploaded');
    },
  },
  {
    name: 'gives a thumbnail and a scaled picture of a picture, and says so of anything else',
    async run(context) {
      const gett = await signedIn(context);
      const share = await gett.shares.create();
      const picture = await share.createFile({ filename: 'pixels.png' });
      await picture.send(new Blob([PNG], { type: 'image/png' }));
      equal((await picture.thumbnail()).type, 'image/png', 'thumbnail');
      const small = await fetch(picture.thumbnailUrl());
      equal(await sizeOf(await small.blob()), await sizeOf(await picture.thumbnail()), 'address');
      equal(await sizeOf(await picture.scaled({ width: 2 })), [2, 1], 'scaled');
      const square = { width: 2, height: 2 };
      equal(await sizeOf(await picture.scaled(square)), [2, 1], 'whole');
      equal(await sizeOf(await picture.scaled({ ...square, crop: true })), [2, 2], 'cropped');
      const cropped = await fetch(picture.scaledUrl({ width: 1, height: 2, crop: true }));
      equal(await sizeOf(await cropped.blob()), [1, 2], 'cropped, by its address');
      const narrow = await fetch(picture.scaledUrl({ width: 1 }));
      equal(await sizeOf(await narrow.blob()), [1, 1], 'scaled, by its address');
      const text = await share.createFile({ filename: 'notes.txt' });
      await text.send(new Blob(['no picture']));
      equal(await codeOf(text.thumbnail()), 'not-an-image', 'code');
    },
  },
  {
    name: 'counts storage and files, and gives them back when a file is destroyed',
    async run(context) {
      const gett = await signedIn(context);
      const before = await gett.me();
      const { id, fullName, email } = await gett.signIn(context);
      equal([before.id, before.fullName, before.email], [id, fullName, email], 'who it is');
      equal([email, id.length > 0, fullName.length > 0], [context.email, true, true], 'user');
      const file = await (await gett.shares.create()).createFile({ filename: 'weight.bin' });
      await file.send(new Blob([noise(12_345)]));
      const after = await gett.me();
      equal(after.storage.used - before.storage.used, 12_345, 'used');
      equal(after.storage.free, after.storage.limit - after.storage.used, 'free');
      equal([after.storage.extra, after.files], [0, before.files + 1], 'extra, files');
      await file.destroy();
      const again = await gett.me();
      equal([again.storage.used, again.files], [before.storage.used, before.files], 'as before');
      equal((await gett.files.get(file.sharename, file.fileid)).state, 'removed', 'state');
    },
  },
  {
    name: 'names what is missing: an unknown share, a file without bytes',
    async run(context) {
      const gett = await signedIn(context);
      equal(await codeOf(gett.shares.get('zzzzzzz')), 'not-found', 'share');
      const file = await (await gett.shares.create()).createFile({ filename: 'later.txt' });
      equal(await codeOf(file.contents()), 'not-found', 'blob');
    },
  },
  {
    name: 'hands out a link before the first byte, then stores every file',
    async run(context) {
      const gett = await signedIn(context);
      const contents = ['one', 'two', 'three', 'four'];
      const files = contents.map((text) => new File([text], `${text}.txt`));
      const upload = gett.upload(files, { title: 'Four' });
      const link = await upload.link;
      const early = await upload.share;
      equal(early.files.length, 4, 'announced');
      const share = await upload.done;
      equal(share.url, link, 'link');
      equal(
        share.files.map((file) => file.state),
        Array(4).fill('uploaded'),
        'states',
      );
      equal(
        share.files.map((file) => file.filename).toReversed(),
        files.map(({ name }) => name),
        'order',
      );
    },
  },
  {
    browserOnly: true,
    name: 'keeps tokens in IndexedDB, and renews them once for all who share the database',
    async run({ sdk, baseUrl, email, password }) {
      const database = `tokens ${crypto.randomUUID()}`;
      let signIns = 0;
      const open = () =>
        new sdk.GettClient({
          baseUrl,
          tokens: sdk.indexedDbTokenStore(database),
          fetch(input, init) {
            if (String(input instanceof Request ? input.url : input).endsWith('/users/login')) {
              signIns += 1;
            }
            return fetch(input, init);
          },
        });
      const user = await open().signIn({ email, password });
      equal((await open().me()).id, user.id, 'a client that comes later');
      equal(signIns, 1, 'sign-ins');

      const store = sdk.indexedDbTokenStore(database);
      const tokens = await store.get();
      if (!tokens) throw new Error('nothing was stored');
      await store.set({ ...tokens, accessToken: 'a.gone.u.1.sig', expiresAt: 0 });
      await Promise.all([open().me(), open().me(), open().me()]);
      equal(signIns, 2, 'sign-ins after a renewal by three clients');
      await open().signOut();
      equal(await codeOf(open().me()), 'not-signed-in', 'code');
    },
  },
  ...liveCases,
];
