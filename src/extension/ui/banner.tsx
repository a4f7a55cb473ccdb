import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ViewState } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import { CAPABILITIES } from '../services/capabilities.ts';
import type { Actions } from '../views/client.ts';
import { formatBytes, shortAddress } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { say } from './live-region.tsx';
import { FULL } from './parts.tsx';

interface BannerProps {
  state: ViewState;
  actions: Actions;
  /** Shows the largest shares, to delete some. */
  freeUp: () => void;
  /** Links are to be copied without a click, as far as the user has said. */
  offersCopying: boolean;
  declineCopying: () => void;
}

/** What stands in the way of everything; only the highest in rank shows. */
export function Banner(props: BannerProps) {
  const { state, actions, freeUp, offersCopying, declineCopying } = props;
  const { account, jobs, online, reachable } = state;
  const { link, uploads } = CAPABILITIES[account.service];
  const copies = link !== 'never' && t('linksStillCopy');
  const waiting = (kind: string) => jobs.filter(({ reason }) => reason?.kind === kind).length;
  if (!online) {
    const held = waiting('offline');
    return (
      <Bar
        icon="offline"
        text={held === 0 ? joined(t('bannerOffline'), copies) : plural('bannerOfflineFiles', held)}
      />
    );
  }
  if (!reachable) {
    return (
      <Bar
        icon="offline"
        text={joined(
          t('bannerDown', shortAddress(account.server)),
          copies,
          uploads && t('uploadsWait'),
        )}
      >
        <button type="button" class="button" onClick={() => actions.refresh()}>
          {t('tryNow')}
        </button>
      </Bar>
    );
  }
  const storage = account.profile?.storage;
  const stuck = waiting('storage');
  if (storage && (stuck > 0 || storage.used >= storage.limit)) {
    const free = Math.max(0, storage.limit - storage.used);
    const full = storage.used >= FULL * storage.limit;
    const text = joined(
      full ? t('bannerFull', formatBytes(storage.limit)) : t('bannerLittleRoom', formatBytes(free)),
      stuck > 0 && plural('filesWaiting', stuck),
    );
    const button = (
      <button type="button" class="button" onClick={freeUp}>
        {t('freeUpSpace')}
      </button>
    );
    return (
      <Bar icon="full" text={text}>
        {storage.more === undefined ? (
          button
        ) : (
          <div class="two-ways">
            {button}
            <a href={storage.more} target="_blank" rel="noreferrer">
              {t('moreStorage')}
            </a>
          </div>
        )}
      </Bar>
    );
  }
  if (state.diskShort === true && jobs.length > 0) {
    return <Bar icon="warning" text={t('bannerDiskShort')} />;
  }
  // Whoever has seen what a link is can tell whether to have it copied.
  if (offersCopying && !state.mayCopy && jobs.length + state.shares.length > 0) {
    return (
      <Bar icon="link" text={t('bannerCopying')} offer>
        <button type="button" class="button" onClick={() => void actions.allowCopying()}>
          {t('allow')}
        </button>
        <button type="button" class="button" onClick={declineCopying}>
          {t('notNow')}
        </button>
      </Bar>
    );
  }
  return null;
}

/** Only the sentences that are true of the service. */
function joined(...sentences: (string | false)[]): string {
  return sentences.filter(Boolean).join(' ');
}

interface BarProps {
  icon: IconName;
  text: string;
  /** Nothing is wrong. */
  offer?: boolean;
  children?: ComponentChildren;
}

function Bar({ icon, text, offer = false, children }: BarProps) {
  useEffect(() => {
    if (!offer) say(text);
  }, [text]);
  return (
    <div class={offer ? 'banner offer' : 'banner'}>
      <Icon name={icon} />
      <p>{text}</p>
      {children}
    </div>
  );
}
