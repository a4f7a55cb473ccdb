import type { RemovalProblem, ShareView } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { DownloadButton } from './download-button.tsx';
import { formatAge, formatBytes, formatDate } from './format.ts';
import { Icon } from './icons.tsx';
import { CopyButton, FileName, Thumbnail } from './parts.tsx';
import { refusalText } from './texts.ts';

interface ShareRowProps {
  share: ShareView;
  /** Why it is still there although it was to be deleted. */
  problem: RemovalProblem | undefined;
  copied: string | undefined;
  actions: Actions;
}

/** One share of the list. */
export function ShareRow({ share, problem, copied, actions }: ShareRowProps) {
  const { files, url, created, downloads } = share;
  const label = labelOf(share);
  const picture = share.thumbnail ?? files.find(({ thumbnailUrl }) => thumbnailUrl)?.thumbnailUrl;
  const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0);
  // A service tells what it knows; Ge.tt tells all.
  const facts = [
    ...(files.length === 1 ? [] : [plural('files', files.length)]),
    ...(files.some(({ size }) => size !== undefined) ? [formatBytes(size)] : []),
    ...(created === undefined ? [] : [formatAge(created)]),
    ...(downloads ? [plural('views', downloads)] : []),
  ];
  return (
    <li class="row recent">
      <Thumbnail src={picture} icon={picture === undefined ? 'file' : 'picture'} />
      <div class="row-main">
        <Title label={label} url={url} />
        <p
          class="row-state"
          title={created === undefined ? undefined : formatDate(created, 'full')}
        >
          {facts.join(' · ')}
        </p>
      </div>
      {url === undefined ? (
        <DownloadButton label={label} sharename={share.sharename} actions={actions} />
      ) : (
        <CopyButton name={label} url={url} copied={copied} copy={actions.copy} label={t('copy')} />
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('deleteShare', label)}
        onClick={() => actions.remove(share.sharename, label)}
      >
        <Icon name="trash" size={18} />
      </button>
      {problem && (
        <div class="standstill" role="alert">
          <p>
            <Icon name="warning" size={16} />
            {refusalText(problem)}
          </p>
          <button
            type="button"
            class="button"
            onClick={() => actions.remove(share.sharename, label)}
          >
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

/** A service without links has no page to open. */
function Title({ label, url }: { label: string; url: string | undefined }) {
  if (url === undefined) return <FileName name={label} />;
  return (
    <a
      class="row-title"
      href={url}
      target="_blank"
      rel="noreferrer"
      aria-label={t('openShare', label)}
    >
      <FileName name={label} />
    </a>
  );
}

function labelOf({ title, files, sharename }: ShareView): string {
  return title ?? files[0]?.name ?? sharename;
}
