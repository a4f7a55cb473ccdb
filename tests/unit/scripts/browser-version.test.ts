import { describe, expect, it } from 'vitest';
import { isOlder, OLDEST, versionIn } from '../../../scripts/lib/browser-version.mjs';

describe('the version of a browser', () => {
  it.each([
    ['Mozilla Firefox 153.8.0esr', '153.8.0'],
    ['Mozilla Firefox 128.14.0esr\n', '128.14.0'],
    ['Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)', '156.0.8078.108'],
    ['Firefox Developer Edition', undefined],
  ])('is found in %j', (text, version) => {
    expect(versionIn(text)).toBe(version);
  });

  it.each([
    ['128.14.0', '142.0', true],
    ['99.0', '142.0', true],
    ['141.9', '142.0', true],
    ['142', '142.0', false],
    ['142.0.1', '142.0', false],
    ['153.8.0', '142.0', false],
    ['1000.0', '142.0', false],
  ])('%s is older than %s: %s', (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });

  it('is a version in what the manifest asks for', () => {
    expect(Object.values(OLDEST).map(versionIn)).toEqual(Object.values(OLDEST));
  });
});
