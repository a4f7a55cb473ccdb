/** A picture that the server could not make smaller is shown as it is. */
export function offerOriginals(): void {
  for (const picture of document.querySelectorAll<HTMLImageElement>('img[data-fallback]')) {
    if (picture.complete && picture.naturalWidth === 0) showOriginal(picture);
    else picture.addEventListener('error', () => showOriginal(picture), { once: true });
  }
}

function showOriginal(picture: HTMLImageElement): void {
  const { fallback } = picture.dataset;
  delete picture.dataset.fallback;
  if (fallback) picture.src = fallback;
}
