import { describe, expect, it } from 'vitest';
import { redactText, redactUrl, safeCause } from '../../../../src/sdk/http/redact.ts';

describe('what an error may show', () => {
  it('is an address without credentials, query and fragment', () => {
    expect(redactUrl('https://u:p@files.example.org/1/shares?accesstoken=a.b.c.1.d#x')).toBe(
      'https://files.example.org/1/shares',
    );
    expect(redactUrl('plan.txt?sig=77c1')).toBe('(not a URL)');
  });

  it('is no token and no query that a server repeats in its sentence', () => {
    const token = 'a.demo.u7Kq-x2.1735693200.5d0c';
    expect(redactText(`${token} is invalid`)).toBe('(redacted) is invalid');
    expect(redactText('no such page: /1/shares?skip=0&sig=77c1 (GET)')).toBe(
      'no such page: /1/shares(redacted) (GET)',
    );
  });

  it('is an ordinary sentence as it stands', () => {
    const sentence = 'title is too long. Does it matter? See a.b.c';
    expect(redactText(sentence)).toBe(sentence);
  });

  it('is no cause whose texts hold a query, however deep', () => {
    const inner = new Error('Failed to parse http://x/?sig=77c1');
    expect(safeCause(new TypeError('fetch failed', { cause: inner }))).toBeUndefined();
    const plain = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    expect(safeCause(plain)).toBe(plain);
  });
});
