/** Twice the size at which lists show it, for dense displays. */
const SIDE = 96;
/** How long a film may take to give its first picture, in milliseconds. */
const PATIENCE = 10_000;

interface Picture {
  image: CanvasImageSource;
  width: number;
  height: number;
}

/**
 * A small square picture as a data URL, cropped at the centre; of a film its first one. `undefined`
 * when the bytes do not decode. Needs a document: films and vector pictures are only drawn there.
 */
export async function previewOf(bytes: Blob): Promise<string | undefined> {
  try {
    return await withPicture(bytes, draw);
  } catch {
    return undefined;
  }
}

async function draw({ image, width, height }: Picture): Promise<string> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const scale = Math.max(SIDE / width, SIDE / height);
  const [across, down] = [width * scale, height * scale];
  const context = canvas.getContext('2d');
  context?.drawImage(image, (SIDE - across) / 2, (SIDE - down) / 2, across, down);
  return dataUrlOf(await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 }));
}

async function withPicture<T>(bytes: Blob, use: (picture: Picture) => Promise<T>): Promise<T> {
  if (bytes.type.startsWith('video/')) return withFirstFrame(bytes, use);
  if (bytes.type !== 'image/svg+xml') {
    const image = await createImageBitmap(bytes);
    return use({ image, width: image.width, height: image.height });
  }
  const image = new Image();
  image.src = URL.createObjectURL(bytes);
  try {
    await image.decode();
    // A drawing without a size of its own says 0.
    const { naturalWidth: width, naturalHeight: height } = image;
    return await use({ image, width: width || SIDE, height: height || SIDE });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** The browser reads of the file what it needs for it, however large the film is. */
async function withFirstFrame<T>(film: Blob, use: (picture: Picture) => Promise<T>): Promise<T> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  const source = URL.createObjectURL(film);
  try {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener('loadeddata', () => resolve());
      video.addEventListener('error', () => reject(new Error('It does not play here.')));
      setTimeout(() => reject(new Error('It takes too long.')), PATIENCE);
      video.src = source;
    });
    const { videoWidth: width, videoHeight: height } = video;
    // A sound in the container of a film has no picture.
    if (width === 0 || height === 0) throw new Error('It has no picture.');
    return await use({ image: video, width, height });
  } finally {
    // Lets go of the decoder at once.
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(source);
  }
}

async function dataUrlOf(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return `data:${blob.type};base64,${btoa(String.fromCharCode(...bytes))}`;
}
