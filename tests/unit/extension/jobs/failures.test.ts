import { expect, it } from 'vitest';
import { eventOf } from '../../../../src/extension/jobs/failures.ts';
import { ServerError } from '../../../../src/sdk/index.ts';

const failure = (status: number) =>
  eventOf(new ServerError('no', { url: 'http://ge.test', endpoint: 'PATCH', status }));

it('knows a server whose disk is full from one with another problem', () => {
  expect(failure(507)).toMatchObject({ reason: { kind: 'server', diskFull: true } });
  expect(failure(500)).toMatchObject({ reason: { kind: 'server' } });
  expect(failure(500)).not.toHaveProperty('reason.diskFull');
});
