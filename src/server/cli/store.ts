import { openMetadata, prepareFolder } from '../metadata/open.ts';
import type { MetadataStore } from '../metadata/store.ts';

/** Works on a data folder, beside a server that runs on it or without one. */
export async function withStore(
  data: string,
  work: (store: MetadataStore) => Promise<void>,
): Promise<void> {
  await prepareFolder(data);
  const store = await openMetadata(data, { locked: false });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
