import type { IncomingMessage } from 'node:http';
import busboy from '@fastify/busboy';

export interface ReceivedFile {
  field: string;
  filename: string;
  mimetype: string;
  /** The buffers as they came; shards are cut at their boundaries. */
  chunks: Buffer[];
}

/** The first file part. Without one, or with one that has no name, it never settles (section 6). */
export function receiveFile(request: IncomingMessage): Promise<ReceivedFile> {
  return new Promise((resolve, reject) => {
    const { 'content-type': type = '' } = request.headers;
    const parser = busboy({ headers: { ...request.headers, 'content-type': type } });
    parser.on('file', (field, stream, filename, _encoding, mimetype) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (filename) resolve({ field, filename, mimetype, chunks });
      });
    });
    parser.on('error', reject);
    request.on('error', reject);
    request.pipe(parser);
  });
}
