import { Options } from '../../src/extension/ui/options.tsx';
import { mount } from '../../src/extension/views/mount.tsx';

mount((view) => <Options view={view} />);
