import { useEffect } from 'preact/hooks';

/** What the browser calls the tab: the page's own title is English until the page is drawn. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
