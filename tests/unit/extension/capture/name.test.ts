import { describe, expect, it } from 'vitest';
import { pictureName, provisionalName } from '../../../../src/extension/capture/name.ts';

const name = (src: string, facts: Partial<Parameters<typeof pictureName>[0]> = {}): string =>
  pictureName({ src, disposition: null, pageTitle: 'A page', extension: 'png', ...facts });

describe('the name of a picture', () => {
  it('is the last part of its address', () => {
    expect(name('https://a.test/img/cat.png?w=2')).toBe('cat.png');
  });

  it('ends as the real format does', () => {
    expect(name('https://a.test/cat.webp')).toBe('cat.png');
    expect(name('https://a.test/picture.php')).toBe('picture.png');
    expect(name('https://a.test/cat')).toBe('cat.png');
  });

  it('keeps the spelling of an ending that is right', () => {
    expect(name('https://a.test/cat.JPEG', { extension: 'jpg' })).toBe('cat.JPEG');
  });

  it('is decoded, and survives an address that cannot be', () => {
    expect(name('https://a.test/gr%C3%BC%C3%9Fe%201.png')).toBe('grüße 1.png');
    expect(name('https://a.test/100%.png')).toBe('100%.png');
  });

  it('comes from Content-Disposition when the address has none', () => {
    const disposition = 'inline; filename="tiger \\"x\\".png"; filename*=UTF-8\'\'t%C3%AFger.png';
    expect(name('https://a.test/', { disposition })).toBe('tïger.png');
    expect(name('https://a.test/', { disposition: 'inline; filename=lion.gif' })).toBe('lion.png');
  });

  it('is the title of the page when nothing else is known', () => {
    expect(name('data:image/png;base64,AAAA')).toBe('A page.png');
    expect(name('blob:https://a.test/1-2-3', { pageTitle: '' })).toBe('picture.png');
  });

  it('holds no character that a file system refuses', () => {
    expect(name('https://a.test/a%2F..%2Fb%00:c.png')).toBe('a .. b c.png');
  });

  it('is not longer than file systems allow', () => {
    expect(name(`https://a.test/${'x'.repeat(500)}.png`).length).toBeLessThan(130);
  });

  it('is guessed from the address while the bytes are not known', () => {
    expect(provisionalName('https://a.test/cat.png', 'A page')).toBe('cat.png');
    expect(provisionalName('blob:https://a.test/1', 'A page')).toBe('A page');
  });
});
