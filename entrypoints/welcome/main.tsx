import { Welcome } from '../../src/extension/ui/welcome/welcome.tsx';
import { mount } from '../../src/extension/views/mount.tsx';
import { connectOptions } from '../../src/extension/views/options.ts';

const tools = connectOptions();
mount((view) => <Welcome view={view} tools={tools} firefox={import.meta.env.FIREFOX} />);
