import { describe, expect, it } from 'vitest';
import { errorOf } from '../../../../src/sdk/jetstream/errors.ts';
import {
  JetStreamAuthError,
  JetStreamConnectionError,
  JetStreamError,
  JetStreamNotFoundError,
  JetStreamOperationError,
  JetStreamProtocolError,
  JetStreamStateError,
  JetStreamUnsupportedError,
} from '../../../../src/sdk/jetstream/index.ts';

describe('errors of a server', () => {
  it.each([
    [-32700, JetStreamProtocolError],
    [-32600, JetStreamProtocolError],
    [-32601, JetStreamProtocolError],
    [-32602, JetStreamProtocolError],
    [-32603, JetStreamProtocolError],
    [1, JetStreamAuthError],
    [2, JetStreamAuthError],
    [3, JetStreamNotFoundError],
    [4, JetStreamStateError],
    [5, JetStreamNotFoundError],
    [6, JetStreamUnsupportedError],
    [7, JetStreamOperationError],
  ])('with code %i are of their class', (code, Class) => {
    const error = errorOf(code, 'the reason', { more: 1 });
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(JetStreamError);
    expect(error).toMatchObject({
      name: Class.name,
      code,
      message: 'the reason',
      data: { more: 1 },
    });
  });

  it('with a code of a later revision are of the base class', () => {
    expect(errorOf(99, 'new').name).toBe('JetStreamError');
    expect(errorOf(99, 'new').constructor).toBe(JetStreamError);
  });

  it('keep their cause', () => {
    const cause = new Error('refused');
    const error = new JetStreamConnectionError('no', { cause });
    expect(error).toMatchObject({ name: 'JetStreamConnectionError', code: 0, cause });
  });
});
