import { type UploadOptions, uploadFile } from '../../sdk/index.ts';
import type { UploadTarget } from '../jobs/job.ts';
import type { StoredLink } from './share-service.ts';

/** Sends a file to whatever service it was announced at; some give its link only now. */
export async function upload(
  target: UploadTarget,
  bytes: Blob,
  options: UploadOptions,
): Promise<StoredLink | undefined> {
  if (!('address' in target)) {
    await uploadFile(target, bytes, options);
    return undefined;
  }
  const { openForeign } = await import('./foreign.ts');
  const service = await openForeign(target.address);
  if (!service.upload) throw new Error('This service takes no files.');
  return service.upload(target.filename, bytes, options);
}
