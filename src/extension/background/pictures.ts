import { clear, createStore, delMany, getMany, set } from 'idb-keyval';
import type { ShareSummary } from '../services/share-service.ts';
import type { ShareView } from './view-state.ts';

/** Previews made on this computer while files were shared, as data URLs. */
export interface Pictures {
  /** Puts them to their shares. */
  add: (shares: readonly ShareSummary[]) => Promise<ShareView[]>;
  /** Remembers the picture of a share, unless it has one. */
  keep: (sharename: string, thumbnail: string) => Promise<void>;
  forget: (sharenames: string[]) => Promise<void>;
  clear: () => Promise<void>;
}

export function openPictures(): Pictures {
  const store = createStore('gett-pictures', 'pictures');
  return {
    async add(shares) {
      const names = shares.map(({ sharename }) => sharename);
      const found = await getMany<string | undefined>(names, store);
      return shares.map((share, i) => {
        const thumbnail = found[i];
        return thumbnail === undefined ? share : { ...share, thumbnail };
      });
    },
    async keep(sharename, thumbnail) {
      const [known] = await getMany<string | undefined>([sharename], store);
      if (known === undefined) await set(sharename, thumbnail, store);
    },
    forget: (sharenames) => delMany(sharenames, store),
    clear: () => clear(store),
  };
}
