/** Picture formats that browsers show, told by their first bytes. */
// The patterns name control characters because formats begin with them.
/* oxlint-disable no-control-regex */
const SIGNATURES: readonly { type: string; extension: string; pattern: RegExp }[] = [
  { type: 'image/png', extension: 'png', pattern: /^\x89PNG\r\n\x1a\n/ },
  { type: 'image/jpeg', extension: 'jpg', pattern: /^\xff\xd8\xff/ },
  { type: 'image/gif', extension: 'gif', pattern: /^GIF8[79]a/ },
  { type: 'image/webp', extension: 'webp', pattern: /^RIFF[^]{4}WEBP/ },
  { type: 'image/avif', extension: 'avif', pattern: /^[^]{4}ftyp(avif|avis)/ },
  { type: 'image/bmp', extension: 'bmp', pattern: /^BM[^]{4}\0{4}/ },
  { type: 'image/x-icon', extension: 'ico', pattern: /^\0\0\x01\0/ },
  {
    type: 'image/svg+xml',
    extension: 'svg',
    pattern:
      /^(\xef\xbb\xbf)?\s*(<\?xml[^]*?\?>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^]*?>\s*)?<svg[\s>]/i,
  },
];
/* oxlint-enable no-control-regex */

const HEAD = 1024;

export interface ImageType {
  /** Media type, for example `image/png`. */
  type: string;
  /** Without a dot, for example `png`. */
  extension: string;
}

/** Tells a picture's real format, whatever name or type it came with. */
export async function imageTypeOf(bytes: Blob): Promise<ImageType | undefined> {
  const head = new Uint8Array(await bytes.slice(0, HEAD).arrayBuffer());
  const text = String.fromCharCode(...head);
  const found = SIGNATURES.find(({ pattern }) => pattern.test(text));
  return found && { type: found.type, extension: found.extension };
}

/** Whether the bytes are a web page: what a server sends instead of a picture to ask for a sign-in. */
export async function isWebPage(bytes: Blob): Promise<boolean> {
  const head = await bytes.slice(0, HEAD).text();
  return /^\s*(<!--[^]*?-->\s*)*<(!doctype html|html|head|body)\b/i.test(head);
}
