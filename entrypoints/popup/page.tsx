import { Popup } from '../../src/extension/ui/popup.tsx';
import { keepFrames } from '../../src/extension/views/frame/keep.ts';
import { mount } from '../../src/extension/views/mount.tsx';

keepFrames(mount((view) => <Popup view={view} choosesInTab={import.meta.env.FIREFOX} />));
