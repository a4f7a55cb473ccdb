import { createStore, promisifyRequest } from 'idb-keyval';

/** One table of an IndexedDB of its own; opened when it is used first. */
export interface Database {
  get: (key: string) => Promise<unknown>;
  set: (key: string, value: unknown) => Promise<void>;
  delete: (key: string) => Promise<void>;
  values: () => Promise<unknown[]>;
}

export function openDatabase(name: string, table: string): Database {
  const store = createStore(name, table);
  const read = <T>(ask: (table: IDBObjectStore) => IDBRequest<T>) =>
    store('readonly', (table) => promisifyRequest(ask(table)));
  const write = (change: (table: IDBObjectStore) => IDBRequest) =>
    store('readwrite', (table) => {
      change(table);
      return promisifyRequest(table.transaction);
    });
  return {
    get: (key) => read((table) => table.get(key)),
    set: (key, value) => write((table) => table.put(value, key)),
    delete: (key) => write((table) => table.delete(key)),
    values: () => read((table) => table.getAll()),
  };
}
