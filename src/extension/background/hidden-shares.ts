import type { SharePage, ShareService } from '../services/share-service.ts';

/** What is kept: no name, and nothing that a name can be read from. */
export interface HiddenMarks {
  salt: string;
  marks: string[];
}

export interface HiddenShares {
  /** From now on the share is left out of every list. */
  hide: (sharename: string) => Promise<void>;
  /** A service whose lists leave the hidden shares out. */
  without: (service: ShareService) => ShareService;
}

/**
 * Shares from private windows are in the account, so that the service lists them. They are to stay
 * out of Recent, also after a restart, and yet nothing of them may be kept: what is kept is a salted
 * SHA-256 of the name, by which a listed share is recognised.
 */
export async function openHiddenShares(memory: {
  get: () => Promise<HiddenMarks | undefined>;
  set: (marks: HiddenMarks) => Promise<void>;
}): Promise<HiddenShares> {
  const { salt, marks } = (await memory.get()) ?? { salt: crypto.randomUUID(), marks: [] };
  const known = new Set(marks);
  const hidden = new Set<string>();

  async function markOf(sharename: string): Promise<string> {
    const text = new TextEncoder().encode(`${salt}/${sharename}`);
    const digest = await crypto.subtle.digest('SHA-256', text);
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  return {
    async hide(sharename) {
      if (hidden.has(sharename)) return;
      hidden.add(sharename);
      known.add(await markOf(sharename));
      await memory.set({ salt, marks: [...known] });
    },
    without: (service) => ({
      ...service,
      async list(count): Promise<SharePage> {
        const page = await service.list(count);
        if (known.size === 0) return page;
        const marks = await Promise.all(page.shares.map(({ sharename }) => markOf(sharename)));
        return { ...page, shares: page.shares.filter((_, i) => !known.has(marks[i] ?? '')) };
      },
    }),
  };
}
