import { describe, expect, it } from 'vitest';
import { createDocumentLease } from '../../../../src/extension/background/document-lease.ts';

/** A document like the browser's: creating a second one and working in a closed one are errors. */
function document() {
  let open = false;
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
  const log: string[] = [];
  return {
    log,
    open: async () => {
      if (open) return;
      await turn();
      open = true;
      log.push('opened');
    },
    close: async () => {
      if (!open) return;
      await turn();
      open = false;
      log.push('closed');
    },
    work: async () => {
      await turn();
      if (!open) throw new Error('The document has gone.');
      return 'worked';
    },
  };
}

describe('a document that is opened for whoever needs it', () => {
  it('is opened anew for work that comes while it is being closed', async () => {
    const own = document();
    const lease = createDocumentLease(own);
    await lease.use(own.work);
    const resting = lease.rest();
    await expect(lease.use(own.work)).resolves.toBe('worked');
    await resting;
    expect(own.log).toEqual(['opened', 'closed', 'opened']);
  });

  it('stays open while somebody uses it', async () => {
    const own = document();
    const lease = createDocumentLease(own);
    const working = lease.use(own.work);
    await lease.rest();
    await expect(working).resolves.toBe('worked');
    expect(own.log).toEqual(['opened']);
  });

  it('is closed once for all who ask for it at the same time', async () => {
    const own = document();
    const lease = createDocumentLease(own);
    await lease.use(own.work);
    await Promise.all([lease.rest(), lease.rest(), lease.rest()]);
    expect(own.log).toEqual(['opened', 'closed']);
  });
});
