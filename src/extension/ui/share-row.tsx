import type { RemovalProblem, ShareView } from '../background/view-state.ts';
import { plural, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
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
  const count = plural('files', files.length);
  const views = plural('views', downloads);
  return (
    <li class="row recent">
      <Thumbnail src={picture} icon={picture === undefined ? 'file' : 'picture'} />
      <div class="row-main">
        <a
          class="row-title"
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={t('openShare', label)}
        >
          <FileName name={label} />
        </a>
        <p class="row-state" title={formatDate(created, 'full')}>
          {files.length === 1 ? '' : `${count} · `}
          {formatBytes(size)} · {formatAge(created)}
          {downloads > 0 && ` · ${views}`}
        </p>
      </div>
      <CopyButton name={label} url={url} copied={copied} copy={actions.copy} label={t('copy')} />
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

function labelOf({ title, files, sharename }: ShareView): string {
  return title ?? files[0]?.name ?? sharename;
}
