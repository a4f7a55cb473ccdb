import { describe } from 'vitest';
import * as sdk from '../../../../src/sdk/index.ts';
import { callRules } from '../../../support/call-rules.ts';

describe('calls', () => callRules(sdk));
