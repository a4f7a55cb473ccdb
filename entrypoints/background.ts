import { defineBackground } from 'wxt/utils/define-background';
import type { BackgroundCalls } from '../src/extension/background/calls.ts';
import { offscreenHost } from '../src/extension/background/document-host.ts';
import { welcome } from '../src/extension/background/first-run.ts';
import { localHost } from '../src/extension/background/local-host.ts';
import { startBackground } from '../src/extension/background/start.ts';
import { reopenPopup } from '../src/extension/platform/action.ts';
import { onAddressBar } from '../src/extension/platform/address-bar.ts';
import { onAlarm } from '../src/extension/platform/alarm.ts';
import { onAreaChosen } from '../src/extension/platform/area.ts';
import { onCommand } from '../src/extension/platform/commands.ts';
import { slot } from '../src/extension/platform/memory.ts';
import { onMenuChosen } from '../src/extension/platform/menu.ts';
import { serve } from '../src/extension/platform/messages.ts';
import { onNoticeClicked } from '../src/extension/platform/notifications.ts';
import { receivePagePictures } from '../src/extension/platform/page-picture.ts';
import { onOriginsGranted } from '../src/extension/platform/permissions.ts';
import { acceptPrivateViews, onPrivateWindowsClosed } from '../src/extension/platform/private.ts';
import { onInstalled, openWelcome } from '../src/extension/platform/product.ts';
import { onBrowserStart } from '../src/extension/platform/startup.ts';
import { openUploadTab } from '../src/extension/platform/tabs.ts';

/** Every listener is set at once: what woke the background is delivered only to those. */
export default defineBackground(() => {
  const ready = startBackground(import.meta.env.FIREFOX ? localHost : offscreenHost);
  serve<BackgroundCalls>(
    'background',
    ready.then(({ calls }) => calls),
  );
  receivePagePictures();
  onMenuChosen((choice) => void ready.then((app) => app.chosen(choice)));
  onCommand((command, tabId) => void ready.then((app) => app.pressed(command, tabId)));
  onAddressBar(
    (words) => ready.then((app) => app.offers(words)),
    () => openUploadTab('recent'),
  );
  onNoticeClicked((id) => void ready.then((app) => app.noticeClicked(id)));
  acceptPrivateViews(() => void ready.then((app) => app.privateViewOpened()));
  onPrivateWindowsClosed(() => void ready.then((app) => app.privateWindowsClosed()));
  onAreaChosen((...chosen) => void ready.then((app) => app.areaChosen(...chosen)));
  onOriginsGranted((origins) => {
    void ready.then((app) => app.originsGranted(origins));
    void reopenPopup();
  });
  onAlarm(() => void ready.then((app) => app.tick()));
  onBrowserStart(() => void ready);
  onInstalled((installType) => {
    const seen = slot<boolean>('local', 'welcomed');
    void welcome({ installType, seen: seen.get, note: () => seen.set(true), open: openWelcome });
  });
});
