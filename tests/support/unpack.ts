import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** Reads an archive with another program than the one that writes it. */
export async function unpack(archive: Buffer): Promise<{ entry: Entry; bytes: Buffer }[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) =>
      zip ? resolve(zip) : reject(error),
    );
  });
  const files: { entry: Entry; bytes: Buffer }[] = [];
  zip.on('entry', (entry: Entry) => {
    zip.openReadStream(entry, (_error, stream) => {
      void buffer(stream).then((bytes) => {
        files.push({ entry, bytes });
        zip.readEntry();
      });
    });
  });
  const end = once(zip, 'end');
  zip.readEntry();
  await end;
  return files;
}
