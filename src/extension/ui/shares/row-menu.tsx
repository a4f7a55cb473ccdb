import type { ShareView } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import { CAPABILITIES, type ServiceKind } from '../../services/capabilities.ts';
import type { LinkFormat } from '../../settings/link-text.ts';
import type { Actions } from '../../views/client.ts';
import { Icon } from '../icons.tsx';
import { MenuButton, type MenuItem } from '../menu.tsx';
import type { RowActions } from './row-actions.tsx';

interface RowMenuProps {
  share: ShareView;
  label: string;
  service: ServiceKind;
  actions: Actions;
  does: RowActions;
  rename: () => void;
  remove: () => void;
}

interface LinkItemsProps extends Pick<RowMenuProps, 'label' | 'actions' | 'does'> {
  url: string;
}

/** What can be done with a link. */
export function linkItems({ url, label, actions, does }: LinkItemsProps): MenuItem[] {
  const copyAs = (as: LinkFormat, name: string): MenuItem => ({
    label: name,
    act: () => actions.copy([{ title: label, url }], as),
  });
  return [
    { ...copyAs('link', t('copyLink')), icon: 'link' },
    {
      label: t('copyAs'),
      icon: 'copy',
      items: [
        copyAs('markdown', 'Markdown'),
        copyAs('html', 'HTML'),
        copyAs('bbcode', 'BBCode'),
        copyAs('list', t('copyAsList')),
      ],
    },
    { label: t('showQr'), icon: 'qr', act: () => does.showQr(url, label) },
    { label: t('openPage'), icon: 'expand', act: () => actions.openShare(url) },
  ];
}

/** What can be done with one share. */
export function RowMenu(props: RowMenuProps) {
  const { share, label, service, actions, rename, remove } = props;
  const { add, openTab } = props.does;
  const { url } = share;
  const { severalFiles, rename: renames } = CAPABILITIES[service];
  const items: MenuItem[] = [
    ...(url === undefined ? [] : linkItems({ url, label, actions, does: props.does })),
    ...(severalFiles
      ? [{ label: t('addFiles'), icon: 'plus', act: () => add(share) } as const]
      : []),
    ...(renames ? [{ label: t('rename'), icon: 'pencil', act: rename } as const] : []),
    ...(openTab
      ? [{ label: t('showInTab'), icon: 'tab', act: () => openTab(share) } as const]
      : []),
    { label: t('delete'), icon: 'trash', danger: true, act: remove },
  ];
  return (
    <MenuButton class="icon-button more-button" label={t('moreFor', label)} items={items}>
      <Icon name="more" />
    </MenuButton>
  );
}
