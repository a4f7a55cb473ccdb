import { UploadTab } from '../../src/extension/ui/upload-tab.tsx';
import { mount } from '../../src/extension/views/mount.tsx';

mount((view) => <UploadTab view={view} part={location.hash.slice(1)} />);
