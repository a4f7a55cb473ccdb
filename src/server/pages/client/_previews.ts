import { texts } from '../texts.ts';

type Shown = HTMLImageElement | HTMLMediaElement;

/**
 * A picture that the server could not make smaller is shown as it is; what the browser cannot show
 * at all gives way to a sentence, and a thumbnail to the icon behind it.
 */
export function watchPreviews(): void {
  for (const shown of document.querySelectorAll<Shown>('main :is(img, video, audio)')) {
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
  const { fallback } = shown.dataset;
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
