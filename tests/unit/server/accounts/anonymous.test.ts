import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../../src/server/accounts/anonymous.ts';
import { HourlyLimit } from '../../../../src/server/accounts/hourly-limit.ts';

describe('an hourly limit', () => {
  it('fills up evenly, for each key by itself', () => {
    let now = 0;
    const limit = new HourlyLimit(10, () => now);
    expect(limit.take('a', 10)).toBeUndefined();
    expect(limit.take('a', 1)).toBe(360);
    expect(limit.take('b', 1)).toBeUndefined();
    now += 180_000;
    expect(limit.take('a', 1)).toBe(180);
    now += 180_000;
    expect(limit.take('a', 1)).toBeUndefined();
    expect(limit.take('a', 1)).toBe(360);
  });

  it('gives nothing of what is too much at once, and takes nothing for it', () => {
    const limit = new HourlyLimit(10, () => 0);
    expect(limit.take('a', 11)).toBeDefined();
    expect(limit.take('a', 10)).toBeUndefined();
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
