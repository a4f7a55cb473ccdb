import { texts } from '../texts.ts';

type Shown = HTMLImageElement | HTMLMediaElement;

/**
 * A picture that the server could not make smaller is shown as it is; what the browser cannot show
 * at all gives way to a sentence, and a thumbnail to the icon behind it.
 */
export function watchPreviews(): void {
  watchIn(document);
  if (document.readyState === 'complete') showEarly();
  else addEventListener('load', showEarly, { once: true });
}

/** Bytes that are still to come would keep the page itself from ever being loaded. */
function showEarly(): void {
  for (const place of document.querySelectorAll('.early:has(> template)')) {
    const template = place.querySelector('template');
    if (template) template.replaceWith(template.content);
    watchIn(place);
  }
}

function watchIn(place: ParentNode): void {
  for (const shown of place.querySelectorAll<Shown>(':is(img, video, audio)')) {
    const onError = () => showNext(shown);
    shown.addEventListener('error', onError);
    if (hasFailed(shown)) onError();
  }
}

/** It may have failed before the script came. */
function hasFailed(shown: Shown): boolean {
  return shown instanceof HTMLImageElement
    ? shown.complete && shown.naturalWidth === 0
    : shown.error !== null;
}

function showNext(shown: Shown): void {
  const { fallback, early } = shown.dataset;
  if (early !== undefined) {
    shown.remove();
    return;
  }
  if (fallback) {
    delete shown.dataset.fallback;
    shown.src = fallback;
    return;
  }
  if (shown.closest('.thumb')) {
    shown.remove();
    return;
  }
  const sentence = document.createElement('p');
  sentence.className = 'quiet';
  sentence.textContent = texts.cannotShow;
  (shown.closest('a') ?? shown).replaceWith(sentence);
}
