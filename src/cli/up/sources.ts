import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { NamedSource } from '../../sdk/index.ts';
import { fileFromPath } from '../../sdk/node/file.ts';
import { CommandError, UsageError } from '../errors.ts';

/** One thing to send. */
export interface Source {
  content: NamedSource;
  name: string;
  /** The same for the same bytes; absent for standard input, which is there only once. */
  identity?: string;
}

/**
 * The files of a command line; `-` is standard input.
 *
 * @param stdinName what the visitors see of it
 */
export async function sourcesOf(words: readonly string[], stdinName: string): Promise<Source[]> {
  if (words.filter((word) => word === '-').length > 1) {
    throw new UsageError('Standard input can be sent once: write - one time.');
  }
  return Promise.all(
    words.map(async (word) => (word === '-' ? standardInput(stdinName) : file(word))),
  );
}

function standardInput(name: string): Source {
  const content: NodeStream<Uint8Array> = Readable.toWeb(process.stdin);
  return { name, content: { name, content: bytesOf(content) } };
}

/** Node types what comes from a Readable as `any`. */
function bytesOf(stream: NodeStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function file(word: string): Promise<Source> {
  const found = await stat(word);
  if (found.isDirectory()) {
    throw new CommandError(
      `${word} is a folder. Name its files (${path.join(word, '*')}), or pack it: tar -cz ${word} | gett up - --name ${path.basename(path.resolve(word))}.tar.gz`,
    );
  }
  const content = await fileFromPath(word);
  const identity = JSON.stringify([path.resolve(word), found.size, found.mtimeMs]);
  return { name: content.name, content, identity };
}
