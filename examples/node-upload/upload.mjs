/** Shares files from the disk: `node upload.mjs FILE…`, with the account in the environment. */
import { createGettClient, fileFromPath } from 'gett-sdk/node';

const files = await Promise.all(process.argv.slice(2).map(fileFromPath));
if (files.length === 0) {
  console.error('Name the files to share: node upload.mjs FILE…');
  process.exit(2);
}

// Ctrl+C gives up what is on its way, and the link stays.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Stopped.')));

const gett = await createGettClient();
const upload = gett.upload(files, {
  signal: stop.signal,
  onProgress: ({ file, sent, total, phase }) =>
    console.error(`${file.filename}: ${sent} of ${total} bytes, ${phase}`),
});

console.log(await upload.link);
const share = await upload.done;
for (const { filename, size, url } of share.files) console.log(filename, size, url);
