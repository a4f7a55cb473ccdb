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

/** What can be done with one share. */
export function RowMenu(props: RowMenuProps) {
  const { share, label, service, actions, rename, remove } = props;
  const { add, showQr, openTab } = props.does;
  const { url } = share;
  const { severalFiles, rename: renames } = CAPABILITIES[service];
  const linked = (address: string): MenuItem[] => {
    const copyAs = (as: LinkFormat, name: string): MenuItem => ({
      label: name,
      act: () => actions.copy([{ title: label, url: address }], as),
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
      { label: t('showQr'), icon: 'qr', act: () => showQr(address, label) },
      { label: t('openPage'), icon: 'expand', act: () => actions.openShare(address) },
    ];
  };
  const items: MenuItem[] = [
    ...(url === undefined ? [] : linked(url)),
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
