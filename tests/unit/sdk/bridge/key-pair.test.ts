import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressPublicKey, KeyPair } from '../../../../src/sdk/bridge/key-pair.ts';
import { hasSigned } from '../../../support/bridge/bridge-accounts.ts';
import { recordings } from '../../../support/bridge/recordings.ts';

describe('a key pair', () => {
  const recorded = recordings('signatures').signatures;

  it.each(recorded)('signs $method $path $payload as the reference client does', (entry) => {
    const message = `${entry.method}\n${entry.path}\n${entry.payload}`;
    expect(Buffer.from(message).toString('hex')).toBe(entry.messageHex);
    const keyPair = KeyPair.fromPrivateKey(entry.privateKey);
    expect(keyPair.publicKey).toBe(entry.publicKey);
    expect(keyPair.sign(message)).toBe(entry.signatureDer);
  });

  it.each(recorded)('is verified with either S and either form of the key: $publicKey', (entry) => {
    const message = `${entry.method}\n${entry.path}\n${entry.payload}`;
    for (const signature of [entry.signatureDer, entry.signatureDerLowS]) {
      for (const key of [entry.publicKey, entry.publicKeyUncompressed]) {
        expect(KeyPair.verify(message, signature, key)).toBe(true);
        expect(KeyPair.verify(`${message} `, signature, key)).toBe(false);
      }
    }
  });

  it('gives the worked signature of the specification', () => {
    const keyPair = KeyPair.fromPrivateKey('1'.padStart(64, '0'));
    expect(keyPair.sign('GET\n/buckets\n__nonce=1458500000000')).toBe(
      '3045022100c7c1a72c53ab56d5be7dc080975176d5f14d2291abb563b0429457c04a0a15b0' +
        '02200528ead47c6e6a13f256d00cec7a6282831ac3212e362e0adec1b65f41d639af',
    );
  });

  it('is what OpenSSL takes, for any message and any key', () => {
    const seeds = fc.uint8Array({ minLength: 48, maxLength: 48 });
    const property = fc.property(seeds, fc.string({ unit: 'binary' }), (seed, message) => {
      const keyPair = KeyPair.generate(seed);
      const signature = keyPair.sign(message);
      expect(hasSigned(keyPair.publicKey, signature, message)).toBe(true);
      expect(KeyPair.verify(message, signature, keyPair.publicKey)).toBe(true);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('comes back from its exported private key', () => {
    const keyPair = KeyPair.generate();
    const again = KeyPair.fromPrivateKey(keyPair.exportPrivateKey().toUpperCase());
    expect(again.publicKey).toBe(keyPair.publicKey);
    expect(again.sign('x')).toBe(keyPair.sign('x'));
    expect(KeyPair.generate().publicKey).not.toBe(keyPair.publicKey);
  });

  it('shows its public key only', () => {
    const keyPair = KeyPair.generate();
    const shown = [String(keyPair), JSON.stringify({ keyPair }), inspect(keyPair, { depth: 9 })];
    for (const text of shown) {
      expect(text).toContain(keyPair.publicKey);
      expect(text).not.toContain(keyPair.exportPrivateKey());
    }
  });

  it.each([
    ['nothing', ''],
    ['half a key', 'ab'.repeat(16)],
    ['something that is not hexadecimal', 'xy'.repeat(32)],
    ['zero', '0'.repeat(64)],
    ['a number beyond the order of the curve', 'f'.repeat(64)],
  ])('refuses %s as private key without repeating it', (_, text) => {
    const read = () => KeyPair.fromPrivateKey(text);
    expect(read).toThrow(new TypeError('A private key is 64 hexadecimal digits; paste it whole.'));
  });

  it('finds a signature or key that cannot be read false', () => {
    const { publicKey } = KeyPair.generate();
    expect(KeyPair.verify('x', 'nonsense', publicKey)).toBe(false);
    expect(KeyPair.verify('x', KeyPair.generate().sign('x'), 'nonsense')).toBe(false);
  });
});

describe('a public key', () => {
  it.each(recordings('exchanges').about.keys)('is compressed to $publicKey', (entry) => {
    expect(compressPublicKey(entry.publicKeyUncompressed)).toBe(entry.publicKey);
    expect(compressPublicKey(entry.publicKey.toUpperCase())).toBe(entry.publicKey);
  });

  it.each(['', '02:ab', `02${'f'.repeat(64)}`])('is refused when it is "%s"', (text) => {
    expect(() => compressPublicKey(text)).toThrow(TypeError);
  });
});
