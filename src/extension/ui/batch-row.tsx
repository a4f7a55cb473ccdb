import { useSignal } from '@preact/signals';
import { t } from '../platform/i18n.ts';
import { CAPABILITIES, type ServiceKind } from '../services/capabilities.ts';
import type { Actions } from '../views/client.ts';
import { BatchProgress, FileList } from './batch-progress.tsx';
import { type Batch, canPause } from './batches.ts';
import { shortAddress } from './format.ts';
import { fileIcon, Icon, type IconName } from './icons.tsx';
import { CopyButton, FileName, Thumbnail } from './parts.tsx';
import type { RowActions } from './shares/row-actions.tsx';
import { RowMenu } from './shares/row-menu.tsx';
import { RenameField } from './shares/share-row.tsx';
import { Standstill } from './standstill.tsx';
import { needsWords } from './texts.ts';

interface BatchRowProps {
  batch: Batch;
  copied: string | undefined;
  /** Of who is signed in. */
  email: string;
  service: ServiceKind;
  actions: Actions;
  does: RowActions;
}

/** What stands where the link will be. */
const NO_LINK_YET = {
  first: 'linkFollows',
  last: 'linkAtEnd',
  never: 'linkNever',
} as const;

/** One share on its way. */
export function BatchRow({ batch, copied, email, service, actions, does }: BatchRowProps) {
  const { label, url, sharename = '', jobs, spokesman } = batch;
  const renaming = useSignal(false);
  const finished = batch.done === jobs.length;
  const pausable = jobs.some(canPause);
  const stuck = needsWords(spokesman);
  const paused = jobs.some(({ state }) => state === 'paused');
  const renames = CAPABILITIES[service].rename && !jobs.some(({ added }) => added);
  const rename = () => {
    renaming.value = renames;
  };
  const remove = () => actions.remove([sharename], label);
  return (
    <li
      class="row"
      data-batch={batch.id}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement) return;
        if (event.key === 'F2') rename();
        else if (event.key === 'Delete' && finished) remove();
        else if (event.key === 'Delete') actions.cancel(batch.id, label);
        else return;
        event.preventDefault();
      }}
    >
      <Thumbnail src={batch.thumbnail} icon={fileIcon(jobs)} />
      <div class="row-main">
        <div class="row-line">
          {renaming.value ? (
            <RenameField
              sharename={sharename || undefined}
              before={label}
              title={spokesman.title}
              rename={(title) => actions.renameBatch(batch.id, sharename, title)}
              done={() => {
                renaming.value = false;
              }}
            />
          ) : (
            <FileName name={label} />
          )}
          {!renaming.value && (
            <span class="row-buttons">
              {renames && (
                <RowButton name="pencil" label={t('renameShare', label)} act={rename} quiet />
              )}
              {(pausable || paused) && (
                <RowButton
                  name={pausable ? 'pause' : 'play'}
                  label={t(pausable ? 'pauseUpload' : 'resumeUpload', label)}
                  hint={t(pausable ? 'pause' : 'resume')}
                  act={() => (pausable ? actions.pause(batch.id) : actions.resume(batch.id))}
                />
              )}
              {!finished && (
                <RowButton
                  name="close"
                  label={t('cancelUpload', label)}
                  hint={t('cancel')}
                  act={() => actions.cancel(batch.id, label)}
                />
              )}
              {(url !== undefined || renames || finished || stuck) && (
                <RowMenu
                  share={{ sharename, ...(url !== undefined && { url }) }}
                  label={label}
                  service={service}
                  actions={actions}
                  does={does}
                  size={16}
                  rename={renames ? rename : undefined}
                  details={stuck ? () => does.showDetails(spokesman) : undefined}
                  remove={finished ? remove : undefined}
                />
              )}
            </span>
          )}
        </div>
        <div class="row-line">
          {url === undefined ? (
            <span class="muted">{t(NO_LINK_YET[spokesman.link])}</span>
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
          {spokesman.link !== 'never' && (
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
        <Standstill batch={batch} email={email} actions={actions} does={does} />
        {jobs.length > 1 && !finished && <FileList batch={batch} />}
      </div>
    </li>
  );
}

interface RowButtonProps {
  name: IconName;
  label: string;
  hint?: string;
  act: () => void;
  /** Only where there is much room; otherwise the menu has it. */
  quiet?: boolean;
}

function RowButton({ name, label, hint = label, act, quiet = false }: RowButtonProps) {
  return (
    <button
      type="button"
      class={quiet ? 'icon-button roomy' : 'icon-button'}
      aria-label={label}
      title={hint}
      onClick={act}
    >
      <Icon name={name} size={16} />
    </button>
  );
}
