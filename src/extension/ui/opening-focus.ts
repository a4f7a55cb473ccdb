import { useEffect } from 'preact/hooks';

/**
 * Puts the focus where it belongs when the popup opens. Firefox moves the document of a popup into
 * its panel while it opens, and forgets the focus when it was set before; so it is set again when
 * the window first comes to have it.
 *
 * @param where the element, asked for each time; nothing happens before `ready`
 */
export function useOpeningFocus(where: () => HTMLElement | null, ready: boolean): void {
  useEffect(() => {
    if (!ready) return undefined;
    const focus = () => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) where()?.focus();
    };
    where()?.focus();
    window.addEventListener('focus', focus, { once: true });
    return () => window.removeEventListener('focus', focus);
  }, [ready]);
}
