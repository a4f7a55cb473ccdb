import { Popup } from '../../src/extension/ui/popup.tsx';
import { mount } from '../../src/extension/views/mount.tsx';

mount((view) => <Popup view={view} place="panel" choosesInTab={false} />);
