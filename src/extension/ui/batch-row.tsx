import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { BatchProgress, FileList } from './batch-progress.tsx';
import { type Batch, canPause } from './batches.ts';
import { shortAddress } from './format.ts';
import { Icon } from './icons.tsx';
import { CopyButton, FileName, Thumbnail } from './parts.tsx';
import { Standstill } from './standstill.tsx';

interface BatchRowProps {
  batch: Batch;
  copied: string | undefined;
  /** Of who is signed in. */
  email: string;
  actions: Actions;
}

/** What stands where the link will be. */
const NO_LINK_YET = {
  first: 'linkFollows',
  last: 'linkAtEnd',
  never: 'linkNever',
} as const;

/** One share on its way. */
export function BatchRow({ batch, copied, email, actions }: BatchRowProps) {
  const { label, url, jobs } = batch;
  const finished = batch.done === jobs.length;
  const pausable = jobs.some(canPause);
  const paused = jobs.some(({ state }) => state === 'paused');
  return (
    <li class="row">
      <Thumbnail src={batch.thumbnail} icon="file" />
      <div class="row-main">
        <div class="row-line">
          <FileName name={label} />
          <span class="row-buttons">
            {(pausable || paused) && (
              <button
                type="button"
                class="icon-button"
                aria-label={t(pausable ? 'pauseUpload' : 'resumeUpload', label)}
                title={t(pausable ? 'pause' : 'resume')}
                onClick={() => (pausable ? actions.pause(batch.id) : actions.resume(batch.id))}
              >
                <Icon name={pausable ? 'pause' : 'play'} size={16} />
              </button>
            )}
            {!finished && (
              <button
                type="button"
                class="icon-button"
                aria-label={t('cancelUpload', label)}
                title={t('cancel')}
                onClick={() => actions.cancel(batch.id, label)}
              >
                <Icon name="close" size={16} />
              </button>
            )}
          </span>
        </div>
        <div class="row-line">
          {url === undefined ? (
            <span class="muted">{t(NO_LINK_YET[batch.spokesman.link])}</span>
          ) : (
            <a
              class="address"
              href={url}
              target="_blank"
              rel="noreferrer"
              title={finished ? undefined : t('worksAlready')}
            >
              <bdi>{shortAddress(url)}</bdi>
            </a>
          )}
          {batch.spokesman.link !== 'never' && (
            <CopyButton
              name={label}
              url={url}
              copied={copied}
              copy={actions.copy}
              label={t('copyLink')}
            />
          )}
        </div>
        <BatchProgress batch={batch} />
        <Standstill batch={batch} email={email} actions={actions} />
        {jobs.length > 1 && !finished && <FileList batch={batch} />}
      </div>
    </li>
  );
}
