import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { chooseArea } from '../src/extension/overlay/area.ts';
import { reportArea } from '../src/extension/platform/area.ts';

/** Runs in a page of which a part is to be shared, after somebody has asked for it. */
export default defineUnlistedScript(() => {
  // Who put the script here waits for its result, which may take minutes.
  void reportArea(chooseArea);
});
