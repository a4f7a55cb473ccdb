import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isReadByOthers } from '../../account/server-address.ts';
import type {
  ServerTestProblem,
  ServerTestState,
  ServerTestStep,
} from '../../account/server-test.ts';
import { type MessageKey, t } from '../../platform/i18n.ts';
import type { View } from '../../views/client.ts';
import type { OptionsTools } from '../../views/options.ts';
import { ServerField } from '../field.tsx';
import { Icon } from '../icons.tsx';
import { Section } from './choice.tsx';
import { useSaved } from './saved.ts';

const STEPS: readonly [ServerTestStep, MessageKey][] = [
  ['reachable', 'stepReachable'],
  ['protocol', 'stepProtocol'],
  ['permission', 'stepPermission'],
];

const PROBLEMS: Record<ServerTestProblem, MessageKey> = {
  'server-invalid': 'problemServerInvalid',
  'server-insecure': 'problemServerInsecure',
  'no-answer': 'problemNoAnswer',
  'no-secure-answer': 'problemNoSecureAnswer',
  'wrong-kind': 'problemNotGett',
  'not-allowed': 'problemNotAllowed',
};

interface ServerProps {
  view: View;
  tools: OptionsTools;
  signInThere: (address: string) => void;
}

export function ServerSection({ view, tools, signInThere }: ServerProps) {
  const announce = useSaved();
  const server = view.state.value?.server ?? '';
  const address = useSignal(server);
  const typed = useSignal(false);
  const test = useSignal<ServerTestState | undefined>(undefined);
  const works = useSignal<string | undefined>(undefined);
  const { value } = address;
  useEffect(() => {
    if (!typed.value) address.value = server;
  }, [server]);
  const problem = test.value?.problem;

  async function tryOut(event: SubmitEvent) {
    event.preventDefault();
    works.value = undefined;
    const found = await tools.testServer(value, (state) => (test.value = state));
    if (!found) return;
    await view.actions.useServer(found);
    works.value = found;
    address.value = found;
    announce(t('serverSaved'));
  }

  return (
    <Section id="server" title={t('server')}>
      <p class="muted">{t('optionsServerHint')}</p>
      <form class="server-form" onSubmit={(event) => void tryOut(event)} noValidate>
        <ServerField
          id="server-address"
          text={address}
          onTyped={() => {
            typed.value = true;
            test.value = undefined;
            works.value = undefined;
          }}
          problem={problem && t(PROBLEMS[problem.problem], value)}
        />
        <button type="submit" class="button" disabled={test.value?.running !== undefined}>
          {t('testServer')}
        </button>
      </form>
      {isReadByOthers(value) && (
        <p class="warning">
          <Icon name="warning" size={16} />
          {t('serverPlain')}
        </p>
      )}
      {test.value && <Steps state={test.value} />}
      {works.value !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => works.value !== undefined && signInThere(works.value)}
        >
          {t('signInThere')}
        </button>
      )}
    </Section>
  );
}

function Steps({ state }: { state: ServerTestState }) {
  return (
    <ol class="steps" aria-live="polite">
      {STEPS.map(([step, key]) => {
        const outcome = state.passed.includes(step)
          ? 'passed'
          : state.problem?.step === step
            ? 'failed'
            : state.running === step
              ? 'running'
              : 'open';
        return (
          <li key={step} class={outcome}>
            {outcome === 'passed' && <Icon name="check" size={16} />}
            {outcome === 'failed' && <Icon name="close" size={16} />}
            {(outcome === 'running' || outcome === 'open') && <span class="step-dot" />}
            {t(key)}
            <span class="hidden">{t(OUTCOMES[outcome])}</span>
          </li>
        );
      })}
    </ol>
  );
}

const OUTCOMES = {
  passed: 'stepPassed',
  failed: 'stepFailed',
  running: 'stepRunning',
  open: 'stepOpen',
} as const satisfies Record<string, MessageKey>;
