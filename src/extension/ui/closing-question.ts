import { useEffect } from 'preact/hooks';
import type { JobView, ViewState } from '../background/view-state.ts';
import { KEPT_BYTES } from '../jobs/store.ts';

/** The browser asks before it closes the page while there are files that would end with it. */
export function useClosingQuestion(state: ViewState | undefined): void {
  const asks = state?.jobs.some(endsWithBrowser) ?? false;
  useEffect(() => {
    if (!asks) return undefined;
    const ask = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [asks]);
}

/** Its bytes are at hand, but not kept on this computer. */
function endsWithBrowser({ state, reason, size = 0 }: JobView): boolean {
  const over = state === 'done' || state === 'failed' || reason?.kind === 'choose-again';
  return !over && size > KEPT_BYTES;
}
