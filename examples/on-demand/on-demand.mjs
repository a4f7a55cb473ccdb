/**
 * Gives links to files at once and sends each only when somebody opens it: `node on-demand.mjs FILE…`,
 * with the account in the environment. Ends with Ctrl+C; then the files are gone from the share.
 */
import { createGettClient, fileFromPath, UploadQueue } from 'gett-sdk/node';

const files = await Promise.all(process.argv.slice(2).map(fileFromPath));
if (files.length === 0) {
  console.error('Name the files to offer: node on-demand.mjs FILE…');
  process.exit(2);
}

const gett = await createGettClient();
const live = await gett.live.connect();
const queue = new UploadQueue(gett, { live });
process.once('SIGINT', () => live.close());

live.on('download', ({ filename }) => console.log(`Somebody opens ${filename}.`));
queue.on('change', ({ item: { file, state } }) => {
  if (state.type === 'sent') console.log(`${file.filename} is stored.`);
  if (state.type === 'failed') console.error(file.filename, state.error);
});

const share = await gett.shares.create({ title: 'On demand' });
const items = await queue.add(share, files, { onDemand: true });
console.log(share.url);
for (const { file } of items) console.log(file.filename, file.blobUrl());

await live.closed;
queue.close();
