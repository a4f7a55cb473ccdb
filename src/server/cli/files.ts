import { OperatorError } from '../errors.ts';
import { withStore } from './store.ts';

/** Removes a file for abuse (spec section 6.4). A running server acts on it within a second. */
export async function removeFile(options: {
  data: string;
  sharename: string;
  fileid: number;
  reason: string;
}): Promise<void> {
  const { data, sharename, fileid, reason } = options;
  await withStore(data, async ({ violations }) => {
    const filename = await violations.add(sharename, fileid, reason);
    if (filename === undefined) {
      throw new OperatorError(
        `There is no file ${fileid} in share ${sharename}, or it is removed already; both are in its link, …/SHARENAME/v/FILEID.`,
      );
    }
    console.log(`removed ${JSON.stringify(filename)}`);
  });
}
