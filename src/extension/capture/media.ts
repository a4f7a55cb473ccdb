import mime from 'mime/lite';
import { type ImageType, isWebPage } from './image-type.ts';

/** Films and sounds: bytes that are told by the type that their server gives them. */
export type MediaKind = 'video' | 'audio';

/** Types that servers give to anything. */
const GENERAL = new Set(['', 'application/octet-stream', 'binary/octet-stream']);
const CONTAINERS = new Set(['application/ogg', 'application/mp4']);

/**
 * The format of a film or sound, `undefined` when the bytes are something else, above all a web
 * page. Where the server names no type, `ending` of the address decides.
 */
export async function mediaTypeOf(bytes: Blob, ending: string): Promise<ImageType | undefined> {
  if (bytes.size === 0 || (await isWebPage(bytes))) return undefined;
  const said = bytes.type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const type = GENERAL.has(said) ? mime.getType(ending) : said;
  if (type === null || !(/^(video|audio)\//.test(type) || CONTAINERS.has(type))) return undefined;
  const fits = ending !== '' && mime.getType(ending) === type;
  return { type, extension: fits ? ending : (mime.getExtension(type) ?? ending) };
}
