import { Options } from '../../src/extension/ui/options/options.tsx';
import { mount } from '../../src/extension/views/mount.tsx';
import { connectOptions } from '../../src/extension/views/options.ts';

const tools = connectOptions();
mount((view) => <Options view={view} tools={tools} />);
