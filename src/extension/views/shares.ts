import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { BackgroundCalls } from '../background/calls.ts';
import { type Found, PAGE, type ShareOrder } from '../background/share-query.ts';
import type { ShareView, ViewState } from '../background/view-state.ts';
import type { Caller } from '../platform/messages.ts';

/** The part of the list of shares that a page shows. */
export interface SharesView {
  wanted: ReadonlySignal<Wanted>;
  list: ReadonlySignal<ShareList>;
  /** Another search or another order; begins with the first page again. */
  ask: (change: { text?: string; sort?: ShareOrder }) => void;
  more: () => void;
}

export interface Wanted {
  text: string;
  sort: ShareOrder;
  count: number;
}

export interface ShareList {
  shares: readonly ShareView[];
  more: boolean;
  /** `typing`: the answer belongs to an earlier text. `searching`: older shares are being read. */
  phase: 'ready' | 'typing' | 'searching';
  /** The service did not answer, so only what is known on this computer was looked at. */
  partial: boolean;
}

/** How long a person types without a pause, in milliseconds. */
const PAUSE = 150;

export function connectShares(
  background: Caller<BackgroundCalls>,
  state: ReadonlySignal<ViewState | undefined>,
): SharesView {
  const wanted = signal<Wanted>({ text: '', sort: 'newest', count: PAGE });
  const found = signal<(Found & { asked: Wanted }) | undefined>(undefined);
  const phase = signal<ShareList['phase']>('ready');
  const partial = signal(false);
  const version = computed(() => state.value?.version);
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What every view is told anyway. */
  const isFirstPage = ({ text, sort, count }: Wanted) =>
    text.trim() === '' && sort === 'newest' && count <= PAGE;

  async function find(asked: Wanted) {
    const { text, sort, count } = asked;
    const current = () => wanted.value === asked;
    const answer = await background('shares.find', { text, sort, skip: 0, count });
    if (!current()) return;
    found.value = { ...answer, asked };
    const whole = answer.complete || (text.trim() === '' && sort === 'newest');
    phase.value = whole ? 'ready' : 'searching';
    partial.value = false;
    if (whole) return;
    // While it reads, the list's version changes, and this is asked again.
    const complete = await background('shares.readAll', null);
    if (!current()) return;
    phase.value = 'ready';
    partial.value = !complete;
  }

  effect(() => {
    const asked = wanted.value;
    if (version.value === undefined || isFirstPage(asked)) return;
    clearTimeout(timer);
    const typed = phase.peek() === 'typing';
    timer = setTimeout(() => void find(asked), typed ? PAUSE : 0);
  });

  return {
    wanted,
    list: computed(() => {
      if (isFirstPage(wanted.value)) {
        const { shares = [], more = false } = state.value ?? {};
        return { shares, more, phase: 'ready', partial: false };
      }
      const { text, sort, count } = wanted.value;
      const plain = text.trim() === '' && sort === 'newest';
      const answer = found.value;
      const { shares } = answer ?? state.value ?? { shares: [] };
      const awaited = answer?.asked.count !== count;
      const older = plain && answer?.complete === false && shares.length >= count;
      return {
        shares,
        more: awaited || answer.total > count || older,
        phase: phase.value,
        partial: partial.value,
      };
    }),
    ask(change) {
      phase.value = 'typing';
      wanted.value = { ...wanted.value, ...change, count: PAGE };
      if (isFirstPage(wanted.value)) phase.value = 'ready';
    },
    more() {
      wanted.value = { ...wanted.value, count: wanted.value.count + PAGE };
    },
  };
}
