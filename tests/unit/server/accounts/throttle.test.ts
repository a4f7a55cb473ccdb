import { beforeEach, expect, test } from 'vitest';
import { LoginThrottle } from '../../../../src/server/accounts/throttle.ts';

let now: number;
let throttle: LoginThrottle;
beforeEach(() => {
  now = 0;
  throttle = new LoginThrottle(() => now);
});

const fail = (key: string, times: number) => {
  for (let i = 0; i < times; i++) expect(throttle.attempt(key)).toBeUndefined();
};

test('twenty failures are allowed, then one comes back each 15 seconds', () => {
  fail('ada', 20);
  expect(throttle.attempt('ada')).toBe(15);
  now = 14_000;
  expect(throttle.attempt('ada')).toBe(1);
  now = 15_000;
  expect(throttle.attempt('ada')).toBeUndefined();
  expect(throttle.attempt('ada')).toBe(15);
});

test('a success is not counted', () => {
  for (let i = 0; i < 100; i++) {
    expect(throttle.attempt('ada')).toBeUndefined();
    throttle.succeeded('ada');
  }
});

test('one key does not slow down another', () => {
  fail('ada', 20);
  expect(throttle.attempt('bob')).toBeUndefined();
});

test('after five minutes everything is forgotten', () => {
  fail('ada', 20);
  now = 300_000;
  fail('ada', 20);
});
