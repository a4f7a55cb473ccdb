import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { gather } from '../../../../src/server/transfers/gather.ts';

test('a short body that is there at once is given whole', async () => {
  const body = new PassThrough();
  body.write('some ');
  body.end('bytes');
  expect(String(await gather(body, 10))).toBe('some bytes');
});

test('a body that is too long is given back with nothing missing', async () => {
  const body = new PassThrough();
  body.write('some ');
  body.write('bytes');
  expect(await gather(body, 9)).toBeUndefined();
  body.end('!');
  expect(String(await buffer(body))).toBe('some bytes!');
});

test('a body that lets wait is given back with nothing missing', async () => {
  const body = new PassThrough();
  body.write('some ');
  expect(await gather(body, 100)).toBeUndefined();
  body.end('bytes');
  expect(String(await buffer(body))).toBe('some bytes');
});

test('a body that breaks off is not taken for a whole one', async () => {
  const body = new PassThrough().on('error', () => undefined);
  body.write('some ');
  const gathered = gather(body, 100);
  body.destroy(new Error('cut'));
  expect(await gathered).toBeUndefined();
});
