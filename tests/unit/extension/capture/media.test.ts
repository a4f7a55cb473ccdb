import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../../../src/extension/capture/media.ts';
import { endingOfAddress, mediaName } from '../../../../src/extension/capture/name.ts';
import { textFile } from '../../../../src/extension/capture/text.ts';

const bytes = (type: string, content = 'bytes') => new Blob([content], { type });

describe('the format of a film or sound', () => {
  it.each([
    ['video/mp4', 'mp4', { type: 'video/mp4', extension: 'mp4' }],
    ['audio/mpeg; charset=binary', 'mp3', { type: 'audio/mpeg', extension: 'mp3' }],
    ['video/webm', '', { type: 'video/webm', extension: 'webm' }],
    ['application/octet-stream', 'mp4', { type: 'video/mp4', extension: 'mp4' }],
    ['', 'ogg', { type: 'audio/ogg', extension: 'ogg' }],
  ])('%s at an address with the ending "%s"', async (type, ending, format) => {
    expect(await mediaTypeOf(bytes(type), ending)).toEqual(format);
  });

  it.each([
    ['text/html', 'mp4', 'bytes'],
    ['video/mp4', 'mp4', '<!doctype html><title>Sign in</title>'],
    ['application/json', 'mp4', '{}'],
    ['application/octet-stream', 'exe', 'MZ'],
    ['application/octet-stream', '', 'bytes'],
    ['video/mp4', 'mp4', ''],
  ])('%s with the ending "%s" and the content %j is none', async (type, ending, content) => {
    expect(await mediaTypeOf(bytes(type, content), ending)).toBeUndefined();
  });
});

describe('the name of a film or sound', () => {
  const facts = { disposition: null, pageTitle: 'A walk', extension: 'mp4' };
  it('comes from its address, else from the page', () => {
    expect(mediaName({ ...facts, src: 'https://x.test/films/sea.mp4?t=3' })).toBe('sea.mp4');
    expect(mediaName({ ...facts, src: 'https://x.test/' })).toBe('A walk.mp4');
  });
  it('has an ending of the address with digits', () => {
    expect(endingOfAddress('https://x.test/a.MP4?x=1')).toBe('mp4');
    expect(endingOfAddress('https://x.test/a')).toBe('');
  });
});

describe('selected text', () => {
  it('is a file with a name that every system takes', async () => {
    const file = textFile('Grüße\n', 'a/b: "c"', 'Text');
    expect(file.name).toBe('a b c.txt');
    expect(file.type).toBe('text/plain;charset=utf-8');
    expect(await file.text()).toBe('Grüße\n');
    expect(textFile('x', ' ', 'Text').name).toBe('Text.txt');
  });
});
