import {
  type Announcement,
  type JobEvent,
  type JobState,
  linkOf,
  waitsForService,
  wasOf,
} from './job.ts';

/** The only way in which a job changes. An event that does not fit the state leaves it as it is. */
export function reduce(state: JobState, event: JobEvent): JobState {
  const link = linkOf(state);
  if ('was' in state && state.was && OF_READING.has(event.type)) {
    const was = reduce(state.was, event);
    return was === state.was ? state : { ...state, was };
  }
  switch (event.type) {
    case 'captured':
      return lacksBytes(state) ? ready(link) : state;
    case 'announced':
      if (state.name === 'captured') return { name: 'announced', link: event.link };
      // It was stopped while the service was asked: to go on must not make a second file there.
      return (state.name === 'paused' || state.name === 'cancelled') && !link && !state.was
        ? { ...state, link: event.link }
        : state;
    case 'started':
      return state.name === 'announced' ? { name: 'sending', link: state.link } : state;
    case 'sent':
      return state.name === 'sending' ? { name: 'finishing', link: state.link } : state;
    case 'stored':
      return state.name === 'announced' || isUnderWay(state)
        ? { name: 'done', link: { ...state.link, ...event.link } }
        : state;
    case 'interrupted':
      return isUnderWay(state) ? { name: 'announced', link: state.link } : state;
    case 'blocked':
      return isMoving(state) ? { name: 'waiting', reason: event.reason, ...withLink(link) } : state;
    case 'failed':
      return isMoving(state) || state.name === 'waiting' || state.name === 'failed'
        ? { name: 'failed', failure: event.failure, ...withLink(linkAfter(event, link)) }
        : state;
    case 'paused':
      return isMoving(state) || waitsForService(state)
        ? { name: 'paused', ...withLink(link), ...withBefore(state) }
        : state;
    case 'restarted':
      return state.name === 'waiting' && state.reason.kind === 'choose-again'
        ? { name: 'captured' }
        : state;
    case 'resumed':
      return canResume(state) ? (wasOf(state) ?? ready(link)) : state;
    case 'cancelled':
      return state.name === 'done' || state.name === 'cancelled'
        ? state
        : { name: 'cancelled', ...withLink(link), ...withBefore(state) };
    default:
      return state;
  }
}

/** What reading a picture leads to, which goes on while it is paused or cancelled. */
const OF_READING: ReadonlySet<JobEvent['type']> = new Set(['captured', 'blocked', 'failed']);

/** Where there are no bytes there is nothing to go on with: what was in the way still is. */
function withBefore(state: JobState): { was?: JobState } {
  const was = wasOf(state) ?? (lacksBytes(state) ? state : undefined);
  return was ? { was } : {};
}

function ready(link: Announcement | undefined): JobState {
  return link ? { name: 'announced', link } : { name: 'captured' };
}

function withLink(link: Announcement | undefined): { link?: Announcement } {
  return link ? { link } : {};
}

/** A share that was deleted elsewhere takes its link along; trying again makes a new one. */
function linkAfter(
  { failure }: Extract<JobEvent, { type: 'failed' }>,
  link: Announcement | undefined,
): Announcement | undefined {
  return failure.code === 'share-gone' ? undefined : link;
}

type UnderWay = Extract<JobState, { name: 'sending' | 'finishing' }>;

function isUnderWay(state: JobState): state is UnderWay {
  return state.name === 'sending' || state.name === 'finishing';
}

function isMoving(state: JobState): boolean {
  const { name } = state;
  return name === 'capturing' || name === 'captured' || name === 'announced' || isUnderWay(state);
}

function lacksBytes(state: JobState): boolean {
  if (state.name === 'waiting') {
    return state.reason.kind === 'permission' || state.reason.kind === 'choose-again';
  }
  return state.name === 'failed' || state.name === 'capturing';
}

function canResume(state: JobState): boolean {
  if (state.name === 'waiting') return !lacksBytes(state);
  return state.name === 'failed' || state.name === 'cancelled' || state.name === 'paused';
}
