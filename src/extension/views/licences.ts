import { array, object, string } from '../../protocol/decoder.ts';

/** A work of others that is part of the extension. */
export interface Licence {
  name: string;
  version: string;
  /** Short name, for example `MIT`. */
  licence: string;
  /** The whole text. */
  text: string;
}

const decode = array(object({ name: string, version: string, licence: string, text: string }));

/** The list is made when the extension is built. */
export async function readLicences(): Promise<Licence[]> {
  const answer = await fetch('/licences.json');
  return decode(await answer.json(), 'licences');
}
