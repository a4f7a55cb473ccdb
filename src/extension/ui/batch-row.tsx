import { useRef } from 'preact/hooks';
import { plural, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import type { Batch } from './batches.ts';
import { FilePicker } from './file-picker.tsx';
import { formatBytes, shortAddress } from './format.ts';
import { Icon } from './icons.tsx';
import { CopyButton, FileName, ProgressBar, Thumbnail } from './parts.tsx';
import { standstillText } from './texts.ts';

interface BatchRowProps {
  batch: Batch;
  copied: string | undefined;
  /** Of who is signed in. */
  email: string;
  actions: Actions;
  say: (problem: string) => void;
}

/** One share on its way. */
export function BatchRow({ batch, copied, email, actions, say }: BatchRowProps) {
  const { label, url, jobs } = batch;
  const finished = batch.done === jobs.length;
  return (
    <li class="row">
      <Thumbnail src={batch.thumbnail} icon="file" />
      <div class="row-main">
        <div class="row-line">
          <FileName name={label} />
          {!finished && (
            <button
              type="button"
              class="icon-button"
              aria-label={t('cancelUpload', label)}
              onClick={() => actions.cancel(batch.id, label)}
            >
              <Icon name="close" size={16} />
            </button>
          )}
        </div>
        <div class="row-line">
          {url === undefined ? (
            <span class="muted">{t('linkFollows')}</span>
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
          <CopyButton
            name={label}
            url={url}
            copied={copied}
            copy={actions.copy}
            label={t('copyLink')}
          />
        </div>
        <Progress batch={batch} />
        <Standstill batch={batch} email={email} actions={actions} say={say} />
        {jobs.length > 1 && !finished && <Files batch={batch} />}
      </div>
    </li>
  );
}

function Progress({ batch }: { batch: Batch }) {
  const { label, jobs, size, sent, done, spokesman } = batch;
  if (done === jobs.length) {
    return (
      <p class="row-state done">
        <Icon name="check" size={16} />
        {t('done')} · {formatBytes(size)}
      </p>
    );
  }
  const { state } = spokesman;
  const moving = state === 'sending' || state === 'finishing';
  if (!moving && standstillText(spokesman) !== undefined) return null;
  const pulsing = state === 'finishing';
  const figures = t('progressText', formatBytes(sent), formatBytes(size));
  return (
    <>
      {(moving || sent > 0) && (
        <ProgressBar label={label} sent={sent} size={size} pulsing={pulsing} />
      )}
      <p class="row-state">
        {jobs.length > 1 && `${t('filesDone', done, jobs.length)} · `}
        {pulsing
          ? t('finishing')
          : moving
            ? figures
            : t(state === 'capturing' ? 'reading' : 'waiting')}
      </p>
    </>
  );
}

/** What is in the way, and the one button that helps. */
function Standstill({ batch, email, actions, say }: Omit<BatchRowProps, 'copied'>) {
  const picker = useRef<HTMLInputElement>(null);
  const { spokesman: job } = batch;
  const text = standstillText(job);
  if (text === undefined) return null;
  const kind = job.reason?.kind;
  return (
    <div class="standstill">
      <p>
        <Icon name="warning" size={16} />
        {text}
      </p>
      {kind === 'permission' && (
        <>
          <button type="button" class="button" onClick={() => actions.allow(job)}>
            {t('allowAndShare')}
          </button>
          {job.shown && (
            <button
              type="button"
              class="button"
              title={t('screenshotInsteadHint')}
              onClick={() => actions.asShown(batch.id)}
            >
              {t('screenshotInstead')}
            </button>
          )}
        </>
      )}
      {kind === 'other-account' && (
        <>
          <button type="button" class="button" onClick={() => actions.adopt(batch.id)}>
            {t('shareAs', email)}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => actions.cancel(batch.id, batch.label)}
          >
            {t('remove')}
          </button>
        </>
      )}
      {kind === 'choose-again' && (
        <>
          <button type="button" class="button" onClick={() => picker.current?.click()}>
            {t('chooseAgain')}
          </button>
          <FilePicker
            input={picker}
            onFiles={([file]) => {
              if (!file) return;
              void actions.again(job.id, file).then((right) => {
                if (!right) say(t('otherFile', job.name));
              });
            }}
          />
        </>
      )}
      {(kind === 'network' || kind === 'server') && (
        <button type="button" class="button" onClick={() => actions.retry(batch.id)}>
          {t('tryNow')}
        </button>
      )}
      {(job.failure !== undefined || kind === 'storage') && (
        <button type="button" class="button" onClick={() => actions.retry(batch.id)}>
          {t(job.failure?.code === 'page-forbids-script' ? 'shareVisiblePart' : 'tryAgain')}
        </button>
      )}
    </div>
  );
}

function Files({ batch }: { batch: Batch }) {
  return (
    <details class="files">
      <summary>{plural('files', batch.jobs.length)}</summary>
      <ul>
        {batch.jobs.map((job) => (
          <li key={job.id}>
            <FileName name={job.name} />
            <span class="muted">
              {job.state === 'done' ? t('done') : job.size !== undefined && formatBytes(job.size)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
