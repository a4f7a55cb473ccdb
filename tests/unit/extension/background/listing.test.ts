import { expect, it, vi } from 'vitest';
import type { AccountKeeper } from '../../../../src/extension/account/keeper.ts';
import { createListing } from '../../../../src/extension/background/listing.ts';
import type { RecentShares } from '../../../../src/extension/background/recent.ts';
import type { ShareService } from '../../../../src/extension/services/share-service.ts';
import { NetworkError } from '../../../../src/sdk/index.ts';

const owner = { server: 'https://files.example.org', email: 'anna' };

/** A listing whose answers cannot be had or kept, as `refresh` says. */
function listingOf(refresh: RecentShares['refresh']) {
  const service: Partial<ShareService> = {
    profile: async () => ({ email: 'anna', name: 'Anna' }),
  };
  const account: Partial<AccountKeeper> = {
    owner: () => owner,
    service: () => service as ShareService,
    update: async () => undefined,
  };
  const answered = vi.fn<() => void>();
  const listing = createListing({
    account: account as AccountKeeper,
    recent: { refresh } as RecentShares,
    hidden: { without: (given) => given },
    changed: () => undefined,
    answered,
  });
  return { listing, answered };
}

it('a list that this computer has no room for is no failure of the service', async () => {
  const { listing, answered } = listingOf(() =>
    Promise.reject(new DOMException('no room', 'QuotaExceededError')),
  );
  await listing.refresh();
  expect(listing.reachable()).toBe(true);
  expect(answered).toHaveBeenCalledOnce();
});

it('a service that does not answer is not reachable', async () => {
  const { listing, answered } = listingOf(() =>
    Promise.reject(new NetworkError('no answer', { endpoint: 'GET /shares' })),
  );
  await listing.refresh();
  expect(listing.reachable()).toBe(false);
  expect(answered).not.toHaveBeenCalled();
});
