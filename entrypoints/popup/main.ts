import { openWithFrame } from '../../src/extension/views/frame/open.ts';

void openWithFrame(() => import('./page.tsx'));
