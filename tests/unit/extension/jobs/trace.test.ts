import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../../src/extension/jobs/trace.ts';
import { InvalidAnswerError, NetworkError } from '../../../../src/sdk/index.ts';

describe('what support is told of an error', () => {
  it('has its kind, its status and the call, without the name of a share', () => {
    const error = new InvalidAnswerError('told by the SDK', {
      status: 200,
      endpoint: 'POST /files/8ExGXpA/create',
      url: 'https://files.example.org/1/files/8ExGXpA/create',
    });
    expect(traceOf(error)).toBe('invalid-answer, HTTP 200, POST /files/*/create');
    expect(traceOf(new NetworkError('holiday.jpg was not sent'))).toBe('network');
  });

  it('leaves out addresses and names that a browser puts into its errors', () => {
    const forbids = new Error('Cannot access contents of url "https://bank.example/anna?id=7".');
    expect(traceOf(forbids)).toBe('Error: Cannot access contents of url (name).');
    expect(traceOf(new TypeError("Failed to fetch https://x.example/a.png and 'b.png'"))).toBe(
      'TypeError: Failed to fetch (address) and (name)',
    );
    expect(traceOf('anna@example.com')).toBe('string');
  });
});
