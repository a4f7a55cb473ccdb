import { t } from '../../platform/i18n.ts';
import { CAPABILITIES } from '../../services/capabilities.ts';
import type { LinkFormat } from '../../settings/link-text.ts';
import { Menu, type MenuItem, type MenuProps } from '../menu-panel.tsx';
import type { RowMenuProps } from './row-menu.tsx';

interface ShareMenuProps extends RowMenuProps, Pick<MenuProps, 'anchor' | 'close'> {
  /** The menu's name. */
  title: string;
}

/** What can be done with one share, whether it is whole or on its way. */
export function ShareMenu(props: ShareMenuProps) {
  const { share, label, service, does, rename, details, remove, title, anchor, close } = props;
  const { openTab } = does;
  const adds = remove && CAPABILITIES[service].severalFiles;
  const items: MenuItem[] = [
    ...linkItems(props),
    ...(adds
      ? [{ label: t('addFiles'), icon: 'plus', act: () => does.add(share, label) } as const]
      : []),
    ...(rename ? [{ label: t('rename'), icon: 'pencil', act: rename } as const] : []),
    ...(remove && openTab
      ? [{ label: t('showInTab'), icon: 'tab', act: () => openTab(label) } as const]
      : []),
    ...(details ? [{ label: t('details'), icon: 'text', act: details } as const] : []),
    ...(remove ? [{ label: t('delete'), icon: 'trash', danger: true, act: remove } as const] : []),
  ];
  return <Menu label={title} items={items} anchor={anchor} close={close} />;
}

/** What can be done with a link. */
function linkItems({ share: { url }, label, actions, does }: RowMenuProps): MenuItem[] {
  if (url === undefined) return [];
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
