import { describe } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';
import type * as Sdk from '../../src/sdk/index.ts';
import { callRules } from '../support/call-rules.ts';

await ensureBuilt('sdk');
const sdk: typeof Sdk = await import(at('dist/sdk/gett-sdk.min.js'));

describe('calls of the one file, which has less of ky in it', () => callRules(sdk));
