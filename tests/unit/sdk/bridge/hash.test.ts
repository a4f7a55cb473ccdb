import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicAuth } from '../../../../src/sdk/bridge/auth.ts';
import { FileHasher, fileHash, passwordHash } from '../../../../src/sdk/bridge/hash.ts';
import { recordings } from '../../../support/bridge/recordings.ts';
import { contentHash } from '../../../support/bridge/storage-node.ts';

const { fileHashes, passwords } = recordings('signatures');

describe('the hash of a file', () => {
  it.each(fileHashes)('is $fileHash as recorded, of bytes and of a blob', async (entry) => {
    const content = entry.repeat
      ? new Uint8Array(entry.repeat.count).fill(entry.repeat.byte)
      : Uint8Array.from(Buffer.from(entry.utf8Base64 ?? '', 'base64'));
    expect(await fileHash(content)).toBe(entry.fileHash);
    expect(await fileHash(new Blob([content]))).toBe(entry.fileHash);
  });

  it('does not depend on the pieces in which the bytes come', () => {
    const property = fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => {
      const hasher = new FileHasher();
      for (const piece of pieces) hasher.update(piece);
      expect(hasher.digest()).toBe(contentHash(Buffer.concat(pieces)));
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('is given up when the signal ends', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fileHash(new Blob(['x']), signal)).rejects.toThrow('enough');
  });
});

describe('a password', () => {
  it.each(passwords)('travels as recorded: $passwordHash', (entry) => {
    expect(passwordHash(entry.password)).toBe(entry.passwordHash);
    expect(basicAuth(entry).headers('')).toEqual({ authorization: entry.authorization });
  });

  it('is neither in the text nor in the JSON of what authenticates', () => {
    const auth = basicAuth({ email: 'ann@example.com', password: 'open sesame' });
    const secret = passwordHash('open sesame');
    expect(JSON.stringify(auth) + inspect(auth)).not.toMatch(new RegExp(`sesame|${secret}`));
  });

  it('goes with an address in any script', () => {
    const email = 'żółć@例え.jp';
    const { authorization = '' } = basicAuth({ email, password: 'p' }).headers('');
    const text = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8');
    expect(text).toBe(`${email}:${passwordHash('p')}`);
  });
});
