import { describe, expect, it } from 'vitest';
import { decodeFiles, decodeUpload } from '../../../src/protocol/decoders.ts';
import {
  decodeLiveConnect,
  decodeLiveMessage,
  LIVE_PING,
  LIVE_PONG,
} from '../../../src/protocol/live.ts';

const file = { sharename: '4Xq81Rb', filename: 'plan.txt', fileid: '0' };

describe('messages of the Live API', () => {
  it('are told apart by their type, and unknown fields are passed over', () => {
    const message = { type: 'filestat', size: 12, ...file };
    expect(decodeLiveMessage({ ...message, colour: 'red' }, 'message')).toEqual(message);
  });

  it('take a download without `increment` for one that was counted', () => {
    expect(decodeLiveMessage({ type: 'download', ...file }, 'message')).toEqual({
      type: 'download',
      increment: true,
      ...file,
    });
  });

  it('are refused when their type is not known or their file is not named', () => {
    expect(() => decodeLiveMessage({ type: 'confetti', ...file }, 'message')).toThrow(
      'message.type must be a type of Live message',
    );
    expect(() => decodeLiveMessage({ type: 'storagelimit' }, 'message')).toThrow(
      'message.sharename must be a string',
    );
  });

  it('begin with a connect that carries token and session', () => {
    const connect = { type: 'connect', accesstoken: 'a.b.c.1.d', session: 'k3v9x2m7' };
    expect(decodeLiveConnect(connect, 'message')).toEqual(connect);
    expect(() => decodeLiveConnect({ ...connect, type: 'hello' }, 'message')).toThrow('"connect"');
    expect(() => decodeLiveConnect({ ...connect, session: 'k3v9x2m' }, 'message')).toThrow(
      'message.session must be at least 8 characters long',
    );
  });

  it('use two bare words to keep a connection alive', () => {
    expect([LIVE_PING, LIVE_PONG]).toEqual(['ping', 'pong']);
  });
});

describe('what a service offers beyond the first API', () => {
  const urls = { puturl: 'https://b.example.org/1', posturl: 'https://b.example.org/2' };

  it('is a way to resume only when it is one that is known', () => {
    expect(decodeUpload({ ...urls, resumable: 'tus-1.0' }, 'upload')).toEqual({
      ...urls,
      resumable: 'tus-1.0',
    });
    expect(decodeUpload({ ...urls, resumable: 'tus-9' }, 'upload')).toEqual(urls);
  });

  it('is many files in one answer', () => {
    expect(decodeFiles([], 'answer')).toEqual([]);
    expect(() => decodeFiles([{}], 'answer')).toThrow('answer[0].fileid');
  });
});
