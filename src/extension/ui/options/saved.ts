import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Says what has happened, to eyes and to screen readers. */
export const SavedContext = createContext<(text: string) => void>(() => undefined);

export const useSaved = (): ((text: string) => void) => useContext(SavedContext);
