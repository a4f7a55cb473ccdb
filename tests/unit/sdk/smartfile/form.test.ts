import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadOf, queryOf } from '../../../../src/sdk/smartfile/form.ts';
import { SmartFileConfigurationError } from '../../../../src/sdk/smartfile/index.ts';
import { parseMultipart } from '../../../support/smartfile/http.ts';

const textOf = (parameters: Parameters<typeof payloadOf>[0]) => {
  const payload = payloadOf(parameters);
  return payload?.kind === 'text' ? payload.text : undefined;
};

describe('a form', () => {
  it('writes spaces as plus and leaves the tilde alone', () => {
    expect(textOf({ name: 'a b~c*é&=' })).toBe('name=a+b~c%2A%C3%A9%26%3D');
  });

  it('repeats the name for every entry of an array', () => {
    expect(textOf({ path: ['/a.txt', '/b.txt'] })).toBe('path=%2Fa.txt&path=%2Fb.txt');
  });

  it('says true for yes and nothing for no', () => {
    expect(textOf({ read: true, list: false, name: undefined, cache: 0, note: '' })).toBe(
      'read=true&cache=0&note=',
    );
  });

  it('is no body at all without parameters', () => {
    expect(payloadOf({})).toBeUndefined();
    expect(payloadOf({ read: false })).toBeUndefined();
    expect(queryOf({})).toBe('');
  });

  it('is read back by any parser of forms', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (name, value) => {
          expect([...new URLSearchParams(textOf({ [name]: value }))]).toEqual([[name, value]]);
        },
      ),
    );
  });
});

describe('a form with files', () => {
  async function parts(parameters: Parameters<typeof payloadOf>[0]) {
    const payload = payloadOf(parameters);
    if (payload?.kind !== 'files') throw new Error('there must be files');
    const body = Buffer.from(await (await payload.blob()).arrayBuffer());
    expect(body.length).toBe(payload.frame + payload.fileSize);
    return {
      text: body.toString(),
      parts: await parseMultipart({ 'content-type': payload.contentType }, body),
    };
  }

  it('has the plain values first, whatever their order', async () => {
    const file = new File(['bytes'], 'ü.txt', { type: 'text/plain' });
    const sent = await parts({ file, note: 'é', tag: ['a', 'b'] });
    expect(sent.parts.map(({ name }) => name)).toEqual(['note', 'tag', 'tag', 'file']);
    expect(sent.parts.at(-1)).toMatchObject({ filename: 'ü.txt', bytes: Buffer.from('bytes') });
    expect(sent.text).toContain('filename="ü.txt"\r\nContent-Type: text/plain\r\n');
  });

  it('escapes what would break out of a file name', async () => {
    const sent = await parts({ file: { name: 'a"\r\nX: y', data: new Blob(['x']) } });
    expect(sent.text).toContain('filename="a%22%0D%0AX: y"\r\n');
  });

  it('escapes what would break out of a media type', async () => {
    const file = { name: 'a', data: new Blob(['x']), type: 'text/plain\r\nX: y' };
    expect((await parts({ file })).text).toContain('Content-Type: text/plain%0D%0AX: y\r\n');
  });

  it('cannot be a query', () => {
    expect(() => queryOf({ file: new Blob(['x']) })).toThrow(SmartFileConfigurationError);
  });
});
