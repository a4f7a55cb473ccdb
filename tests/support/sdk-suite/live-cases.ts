import { type Case, equal, noise, ok, sha256, signedIn } from './context.ts';

/** Announcing together, the Live API and the queue, against a real server. */
export const liveCases: Case[] = [
  {
    name: 'announces many files together and keeps their order',
    async run(context) {
      const gett = await signedIn(context);
      const share = await gett.shares.create();
      const names = Array.from({ length: 12 }, (_, i) => `photo ${i}.jpg`);
      const files = await share.createFiles(names.map((filename) => ({ filename, size: 1 })));
      equal(
        files.map(({ filename }) => filename),
        names,
        'files',
      );
      const listed = (await gett.shares.get(share.sharename)).files.map(({ fileid }) => fileid);
      equal(listed, files.map(({ fileid }) => fileid).toReversed(), 'listed');
    },
  },
  {
    name: 'is live while connected, and hears what happens to its files',
    async run(context) {
      const gett = await signedIn(context);
      const live = await gett.live.connect();
      const share = await gett.shares.create();
      const file = await share.createFile({ filename: 'plan.txt', session: live.session });
      ok((await gett.files.get(file.sharename, file.fileid)).live, 'live while connected');

      const seen: string[] = [];
      const reading = (async () => {
        for await (const event of live) {
          if ('fileid' in event) seen.push(`${event.type} ${event.filename}`);
          if (event.type === 'download') return;
        }
      })();
      await file.send(new Blob(['draft']), { method: 'put' });
      equal(await (await file.contents()).text(), 'draft', 'contents');
      await reading;
      equal(seen, ['filestat plan.txt', 'download plan.txt'], 'messages');
      live.close();
      await live.closed;
    },
  },
  {
    name: 'sends a file when a visitor asks for it, and the visitor gets it whole',
    async run(context) {
      const gett = await signedIn(context);
      const live = await gett.live.connect();
      const queue = new context.sdk.UploadQueue(gett, { live });
      const contents = [noise(100_000), noise(2_000_003), noise(100_000)];
      const sources = contents.map((bytes, i) => new File([bytes], `part ${i}.bin`));
      const share = await gett.shares.create();
      const items = await queue.add(share, sources, { onDemand: true });
      await queue.idle();

      const visitor = new context.sdk.GettClient({ baseUrl: context.baseUrl });
      const wanted = items[1]?.file;
      if (!wanted) throw new Error('the file was announced');
      const file = await visitor.files.get(wanted.sharename, wanted.fileid);
      equal(file.state, 'remote', 'before');
      const answer = await file.contents();
      const bytes = contents[1] ?? new Uint8Array();
      equal(await sha256(await answer.arrayBuffer()), await sha256(bytes), 'bytes');
      await queue.idle();
      equal(
        items.map(({ state }) => state.type),
        ['on-demand', 'sent', 'on-demand'],
        'states',
      );
      queue.close();
      live.close();
    },
  },
];
