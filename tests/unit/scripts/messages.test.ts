import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compactMessages } from '../../../scripts/lib/messages.mjs';

async function compact(messages: object): Promise<unknown> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'gett-messages-')), 'messages.json');
  await writeFile(file, JSON.stringify(messages, undefined, 2));
  return JSON.parse(await compactMessages(file));
}

test('a text keeps its places, and nothing of what helps translators alone', async () => {
  const placeholders = {
    sent: { content: '$1', example: '2 MB' },
    size: { content: '$2', example: '9 MB' },
  };
  expect(
    await compact({
      done: { message: 'Done', description: 'Of an upload' },
      sentOf: { message: '$SENT$ of $size$', placeholders },
    }),
  ).toEqual({ done: { message: 'Done' }, sentOf: { message: '$1 of $2' } });
});

test('places keep their names where browsers would read something else without', async () => {
  const placeholders = { a: { content: '$1' }, b: { content: '$2' } };
  const messages = {
    joined: { message: '$a$MB$b$', placeholders },
    counted: { message: '$a$0', placeholders: { a: { content: '$1' } } },
  };
  expect(await compact(messages)).toEqual(messages);
});
