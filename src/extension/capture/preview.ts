/** Twice the size at which lists show it, for dense displays. */
const SIDE = 96;

/**
 * A small square picture as a data URL, cropped at the centre. `undefined` when the bytes do not
 * decode as a picture. Needs a document: a vector picture is only drawn by an `<img>`.
 */
export async function previewOf(bytes: Blob): Promise<string | undefined> {
  try {
    const picture = await decode(bytes);
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const scale = Math.max(SIDE / picture.width, SIDE / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    const context = canvas.getContext('2d');
    context?.drawImage(picture.image, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
    return await dataUrlOf(await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 }));
  } catch {
    return undefined;
  }
}

async function decode(bytes: Blob) {
  if (bytes.type !== 'image/svg+xml') {
    const image = await createImageBitmap(bytes);
    return { image, width: image.width, height: image.height };
  }
  const image = new Image();
  image.src = URL.createObjectURL(bytes);
  try {
    await image.decode();
    // A drawing without a size of its own says 0.
    return { image, width: image.naturalWidth || SIDE, height: image.naturalHeight || SIDE };
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

async function dataUrlOf(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return `data:${blob.type};base64,${btoa(String.fromCharCode(...bytes))}`;
}
