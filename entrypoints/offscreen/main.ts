import type { HostCalls } from '../../src/extension/background/calls.ts';
import { openDocument } from '../../src/extension/background/document.ts';
import { serve } from '../../src/extension/platform/messages.ts';

serve<HostCalls>('host', openDocument());
