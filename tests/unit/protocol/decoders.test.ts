import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../../src/protocol/decoder.ts';
import {
  decodeDone,
  decodeFile,
  decodeLogin,
  decodeShare,
} from '../../../src/protocol/decoders.ts';
import { readToken } from '../../../src/protocol/token.ts';

const file = {
  fileid: '0',
  filename: 'plan.txt',
  sharename: '4Xq81Rb',
  readystate: 'remote',
  getturl: 'http://ge.tt/4Xq81Rb/v/0',
  created: 1735606813,
  downloads: 0,
};

describe('decoding a file', () => {
  it('keeps absent fields absent, also when the server sends null', () => {
    expect(decodeFile({ ...file, size: null }, 'file')).toEqual(file);
  });

  it('turns an integer fileid into text and leaves other text alone', () => {
    expect(decodeFile({ ...file, fileid: 7 }, 'file').fileid).toBe('7');
    expect(decodeFile({ ...file, fileid: '2f' }, 'file').fileid).toBe('2f');
  });

  it('treats the state "ready" of 2016 as uploaded and lets unknown states through', () => {
    expect(decodeFile({ ...file, readystate: 'ready' }, 'file').readystate).toBe('uploaded');
    expect(decodeFile({ ...file, readystate: 'odd' }, 'file').readystate).toBe('odd');
  });

  it('names the place of a wrong value and never the value', () => {
    const wrong = () => decodeFile({ ...file, upload: { puturl: 5, posturl: 'x' } }, 'file');
    expect(wrong).toThrow(DecodeError);
    expect(wrong).toThrow('file.upload.puturl must be a string');
  });

  it('does not read inherited keys', () => {
    const { fileid: _, ...rest } = file;
    expect(() => decodeFile(Object.assign(Object.create({ fileid: '0' }), rest), 'file')).toThrow(
      'file.fileid must be a string',
    );
  });
});

describe('decoding other answers', () => {
  it('accepts a share without files', () => {
    const share = { sharename: '4Xq81Rb', created: 1, getturl: 'http://ge.tt/4Xq81Rb' };
    expect(decodeShare(share, 'share')).toMatchObject({
      files: [],
      readystate: 'ready',
      live: false,
    });
  });

  it('accepts expires as text', () => {
    const login = {
      accesstoken: 'a',
      refreshtoken: 'r',
      expires: '86400',
      user: { userid: 'u', storage: { used: 0, limit: 1 } },
    };
    expect(decodeLogin(login, 'login').expires).toBe(86400);
  });

  it('accepts any key that holds true as the answer of destroy', () => {
    expect(decodeDone({ ok: true }, 'answer')).toEqual({ success: true });
    expect(() => decodeDone({ success: false }, 'answer')).toThrow(DecodeError);
    expect(() => decodeDone(true, 'answer')).toThrow(DecodeError);
  });
});

describe('reading a token', () => {
  it('finds the end of an access token in the fourth field', () => {
    expect(readToken('a.demo.u7Kq-x2.1735693200.5d0c')).toEqual({
      kind: 'access',
      app: 'demo',
      userid: 'u7Kq-x2',
      expires: 1735693200,
    });
  });

  it.each(['', 'a', 'x.demo.u.1.s', 'a.demo..1.s', 'a.demo.u.soon.s', 'a.demo.u.-1.s'])(
    'gives nothing for %j',
    (text) => {
      expect(readToken(text)).toBeUndefined();
    },
  );
});
