import { describe, expect, it } from 'vitest';
import type { Announcement, JobEvent, JobState } from '../../../../src/extension/jobs/job.ts';
import { reduce } from '../../../../src/extension/jobs/reducer.ts';

const link: Announcement = {
  sharename: 'share',
  fileid: '0',
  url: 'http://ge.test/share',
  target: { puturl: 'http://blob.test/put', posturl: 'http://blob.test/post' },
};
const failure = { code: 'unknown', detail: '' } as const;

/** Every state, with and without a link where both are possible. */
const states = {
  capturing: { name: 'capturing' },
  captured: { name: 'captured' },
  announced: { name: 'announced', link },
  sending: { name: 'sending', link },
  finishing: { name: 'finishing', link },
  done: { name: 'done', link },
  'waits for sign-in': { name: 'waiting', reason: { kind: 'sign-in' } },
  'waits for network': { name: 'waiting', reason: { kind: 'network', retryAt: 5 }, link },
  'is offline': { name: 'waiting', reason: { kind: 'offline' } },
  'has stopped trying': { name: 'waiting', reason: { kind: 'network' }, link },
  'paused early': { name: 'paused' },
  paused: { name: 'paused', link },
  'waits for permission': {
    name: 'waiting',
    reason: { kind: 'permission', origin: 'https://cdn.test/*', host: 'cdn.test' },
  },
  'waits for its file': { name: 'waiting', reason: { kind: 'choose-again', why: 'closed' }, link },
  'failed early': { name: 'failed', failure },
  failed: { name: 'failed', failure, link },
  'cancelled early': { name: 'cancelled' },
  cancelled: { name: 'cancelled', link },
  'paused while it is read': { name: 'paused', was: { name: 'capturing' } },
  'cancelled while it is read': { name: 'cancelled', was: { name: 'capturing' } },
  'cancelled without its file': {
    name: 'cancelled',
    link,
    was: { name: 'waiting', reason: { kind: 'choose-again', why: 'closed' }, link },
  },
} satisfies Record<string, JobState>;

const events = {
  captured: { type: 'captured' },
  announced: { type: 'announced', link },
  started: { type: 'started' },
  sent: { type: 'sent' },
  stored: { type: 'stored' },
  interrupted: { type: 'interrupted' },
  blocked: { type: 'blocked', reason: { kind: 'server' } },
  failed: { type: 'failed', failure },
  paused: { type: 'paused' },
  resumed: { type: 'resumed' },
  restarted: { type: 'restarted' },
  cancelled: { type: 'cancelled' },
} satisfies { [E in JobEvent['type']]: Extract<JobEvent, { type: E }> };

type StateName = keyof typeof states;
type Outcome = JobState['name'];

/** What each event changes; every pair that is not listed changes nothing. */
const changes: Record<StateName, Partial<Record<JobEvent['type'], Outcome>>> = {
  capturing: {
    captured: 'captured',
    paused: 'paused',
    blocked: 'waiting',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  captured: {
    announced: 'announced',
    paused: 'paused',
    blocked: 'waiting',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  announced: {
    started: 'sending',
    stored: 'done',
    paused: 'paused',
    blocked: 'waiting',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  sending: {
    sent: 'finishing',
    stored: 'done',
    interrupted: 'announced',
    paused: 'paused',
    blocked: 'waiting',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  finishing: {
    stored: 'done',
    interrupted: 'announced',
    paused: 'paused',
    blocked: 'waiting',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  done: {},
  'waits for sign-in': { failed: 'failed', resumed: 'captured', cancelled: 'cancelled' },
  'waits for network': {
    paused: 'paused',
    failed: 'failed',
    resumed: 'announced',
    cancelled: 'cancelled',
  },
  'is offline': {
    paused: 'paused',
    failed: 'failed',
    resumed: 'captured',
    cancelled: 'cancelled',
  },
  'has stopped trying': { failed: 'failed', resumed: 'announced', cancelled: 'cancelled' },
  'paused early': { announced: 'paused', resumed: 'captured', cancelled: 'cancelled' },
  paused: { resumed: 'announced', cancelled: 'cancelled' },
  'waits for permission': { captured: 'captured', failed: 'failed', cancelled: 'cancelled' },
  'waits for its file': {
    captured: 'announced',
    failed: 'failed',
    restarted: 'captured',
    cancelled: 'cancelled',
  },
  'failed early': {
    captured: 'captured',
    failed: 'failed',
    resumed: 'captured',
    cancelled: 'cancelled',
  },
  failed: {
    captured: 'announced',
    failed: 'failed',
    resumed: 'announced',
    cancelled: 'cancelled',
  },
  'cancelled early': { announced: 'cancelled', resumed: 'captured' },
  cancelled: { resumed: 'announced' },
  'paused while it is read': {
    captured: 'paused',
    blocked: 'paused',
    failed: 'paused',
    resumed: 'capturing',
    cancelled: 'cancelled',
  },
  'cancelled while it is read': {
    captured: 'cancelled',
    blocked: 'cancelled',
    failed: 'cancelled',
    resumed: 'capturing',
  },
  'cancelled without its file': {
    captured: 'cancelled',
    failed: 'cancelled',
    resumed: 'waiting',
  },
};

describe('a job', () => {
  for (const [stateName, state] of Object.entries(states) as [StateName, JobState][]) {
    for (const event of Object.values<JobEvent>(events)) {
      const outcome = changes[stateName][event.type];
      it(`that is ${stateName} ${outcome ? `becomes ${outcome}` : 'stays so'} when it is ${event.type}`, () => {
        const next = reduce(state, event);
        if (!outcome) expect(next).toBe(state);
        else expect(next.name).toBe(outcome);
      });
    }
  }

  it('keeps its link through waiting, failing and cancelling', () => {
    const { sending } = states;
    expect(reduce(sending, events.blocked)).toMatchObject({ link });
    expect(reduce(sending, events.failed)).toMatchObject({ link });
    expect(reduce(sending, events.cancelled)).toMatchObject({ link });
  });

  it.each(['waits for permission', 'waits for its file', 'failed early', 'failed'] as const)(
    'that %s is so again when its cancelling is undone',
    (name) => {
      const cancelled = reduce(states[name], events.cancelled);
      expect(cancelled.name).toBe('cancelled');
      expect(reduce(cancelled, events.resumed)).toEqual(states[name]);
    },
  );

  it.each(['paused', 'cancelled'] as const)(
    'that is %s while its picture is read goes on with what came of it',
    (name) => {
      const resting = reduce(states.capturing, events[name]);
      for (const [event, outcome] of [
        [events.captured, { name: 'captured' }],
        [events.failed, { name: 'failed', failure }],
        [events.blocked, { name: 'waiting', reason: events.blocked.reason }],
      ] as const) {
        const next = reduce(resting, event);
        expect(next.name).toBe(name);
        expect(reduce(next, events.resumed)).toEqual(outcome);
      }
      const twice = reduce(resting, events.cancelled);
      expect(reduce(twice, events.resumed)).toEqual(states.capturing);
    },
  );

  it.each(['paused', 'cancelled'] as const)(
    'that is %s while its link is made goes on with that link',
    (name) => {
      const linked = reduce(reduce(states.captured, events[name]), events.announced);
      expect(linked.name).toBe(name);
      expect(reduce(linked, events.resumed)).toEqual(states.announced);
    },
  );

  it('begins without a link when another file is sent in its place', () => {
    expect(reduce(states['waits for its file'], events.restarted)).toEqual({ name: 'captured' });
  });

  it('loses its link when the share was deleted elsewhere, so that trying again makes a new one', () => {
    const gone = reduce(states.sending, {
      type: 'failed',
      failure: { code: 'share-gone', detail: '' },
    });
    expect(gone).not.toHaveProperty('link');
    expect(reduce(gone, events.resumed)).toEqual({ name: 'captured' });
  });
});
