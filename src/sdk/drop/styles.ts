import { panelStyles } from './styles/panel.ts';
import { shareStyles } from './styles/shares.ts';

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements of the page. Constructed, so that no `style-src` stands in its way. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(panelStyles + shareStyles);
  }
  return sheet;
}
