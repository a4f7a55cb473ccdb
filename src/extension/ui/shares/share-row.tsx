import { useSignal } from '@preact/signals';
import { type ComponentChildren, Fragment } from 'preact';
import { labelOf, sizeOf } from '../../background/share-query.ts';
import type { RemovalProblem, ShareView } from '../../background/view-state.ts';
import { plural, t } from '../../platform/i18n.ts';
import { CAPABILITIES, type ServiceKind } from '../../services/capabilities.ts';
import type { Actions } from '../../views/client.ts';
import { formatBytes } from '../format.ts';
import { fileIcon, Icon } from '../icons.tsx';
import { later } from '../later.tsx';
import { CopyButton, FileName, Thumbnail } from '../parts.tsx';
import { refusalText } from '../texts.ts';
import { Age } from './age.tsx';
import { drafts } from './drafts.ts';
import type { RowActions } from './row-actions.tsx';
import { RowMenu } from './row-menu.tsx';

const DownloadButton = later(async () => (await import('../download-button.tsx')).DownloadButton);
/** Shared with the rows of what is on its way, so that it is read once. */
export const RenameField = later(async () => (await import('./rename-field.tsx')).RenameField);

interface ShareRowProps {
  share: ShareView;
  /** Why it is still there although it was to be deleted. */
  problem: RemovalProblem | undefined;
  copied: string | undefined;
  service: ServiceKind;
  actions: Actions;
  does: RowActions;
  /** Shown instead of what is done with one share. */
  selection?: ComponentChildren;
  /** Of a list of which only a part is in the page: [place from 1, how many]. */
  position?: readonly [number, number];
}

/** One share of the list. */
export function ShareRow(props: ShareRowProps) {
  const { share, problem, copied, service, actions, does, selection, position } = props;
  const { files, url, created, downloads } = share;
  const renaming = useSignal(drafts.has(share.sharename));
  const near = useSignal(false);
  const approach = () => (near.value = true);
  const label = labelOf(share);
  const picture = share.thumbnail ?? files.find(({ thumbnailUrl }) => thumbnailUrl)?.thumbnailUrl;
  const remove = () => actions.remove([share.sharename], label);
  const facts = [
    ...(files.length === 1 ? [] : [plural('files', files.length)]),
    ...(files.some(({ size }) => size !== undefined) ? [formatBytes(sizeOf(share))] : []),
    ...(created === undefined ? [] : [<Age time={created} near={near.value} />]),
    ...(downloads ? [plural('views', downloads)] : []),
  ];
  return (
    <li
      class="row recent"
      data-share={share.sharename}
      onPointerEnter={approach}
      onFocusIn={approach}
      {...(position && { 'aria-posinset': position[0], 'aria-setsize': position[1] })}
      onKeyDown={(event) => {
        if (selection || event.target instanceof HTMLInputElement) return;
        if (event.key === 'F2' && CAPABILITIES[service].rename) renaming.value = true;
        else if (event.key === 'Delete') remove();
        else return;
        event.preventDefault();
      }}
    >
      {selection}
      <Thumbnail src={picture} icon={picture === undefined ? fileIcon(files) : 'picture'} />
      <div class="row-main">
        {renaming.value ? (
          <RenameField
            sharename={share.sharename}
            before={label}
            title={share.title}
            rename={(title) => actions.rename(share.sharename, title)}
            done={() => {
              renaming.value = false;
            }}
          />
        ) : url === undefined ? (
          <FileName name={label} />
        ) : (
          <a
            class="row-title"
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label={t('openShare', label)}
          >
            <FileName name={label} />
          </a>
        )}
        <p class="row-state">
          {facts.map((fact, i) => (
            <Fragment key={i}>
              {i > 0 && ' · '}
              {typeof fact === 'string' ? <bdi>{fact}</bdi> : fact}
            </Fragment>
          ))}
        </p>
      </div>
      {!selection && (
        <>
          {url === undefined ? (
            <DownloadButton label={label} sharename={share.sharename} actions={actions} />
          ) : (
            <CopyButton
              name={label}
              url={url}
              copied={copied}
              copy={actions.copy}
              label={t('copy')}
            />
          )}
          <RowMenu
            share={share}
            label={label}
            service={service}
            actions={actions}
            does={does}
            rename={() => {
              renaming.value = true;
            }}
            remove={remove}
          />
        </>
      )}
      {problem && (
        <div class="standstill" role="alert">
          <p>
            <Icon name="warning" size={16} />
            {refusalText(problem)}
          </p>
          <button type="button" class="button" onClick={remove}>
            {t('tryAgain')}
          </button>
          <button type="button" class="button" onClick={() => actions.undo(share.sharename)}>
            {t('keep')}
          </button>
        </div>
      )}
    </li>
  );
}
