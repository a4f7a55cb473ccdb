import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type FailureCode, isRetry } from '../jobs/job.ts';
import { type MessageKey, t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import type { Batch } from './batches.ts';
import { FilePicker } from './file-picker.tsx';
import { Icon } from './icons.tsx';
import type { RowActions } from './shares/row-actions.tsx';
import { standstillText } from './texts.ts';

interface StandstillProps {
  batch: Batch;
  /** Of who is signed in. */
  email: string;
  actions: Actions;
  does: RowActions;
}

/** What is in the way, and the one button that helps. */
export function Standstill(props: StandstillProps) {
  const { batch } = props;
  const { spokesman: job } = batch;
  const { reason } = job;
  const now = useNow(reason && isRetry(reason) ? reason.retryAt : undefined);
  const text = standstillText(job, now);
  if (text === undefined) return null;
  return (
    <div class="standstill">
      <p>
        <Icon name="warning" size={16} />
        <span>
          {batch.jobs.length > 1 && (
            <>
              <bdi class="subject">{job.name}</bdi>{' '}
            </>
          )}
          {text}
        </span>
      </p>
      <Help {...props} />
    </div>
  );
}

function Help({ batch, email, actions, does }: StandstillProps) {
  const { spokesman: job } = batch;
  const { reason } = job;
  const remove = () => actions.cancel(batch.id, batch.label);
  const tryAgain = () => actions.resume(batch.id);
  if (job.failure) {
    const { code } = job.failure;
    const { page } = job;
    const leave = () => (batch.jobs.length > 1 ? actions.leaveOut(job.id) : remove());
    if (code === 'too-large') return <Button text={t('remove')} press={leave} />;
    if (page !== undefined) {
      return (
        <>
          <Button text={t('openThePage')} press={() => actions.openShare(page)} />
          <Button text={t('remove')} press={remove} />
        </>
      );
    }
    const text = t(HELP[code] ?? 'tryAgain');
    return (
      <>
        <Button text={text} press={tryAgain} />
        {code === 'unknown' && <Button text={t('details')} press={() => does.showDetails(job)} />}
      </>
    );
  }
  switch (reason?.kind) {
    case 'permission':
      return (
        <>
          <Button text={t('allowAndShare')} press={() => actions.allow(job)} />
          {job.shown && (
            <Button
              text={t('screenshotInstead')}
              hint={t('screenshotInsteadHint')}
              press={() => actions.asShown(batch.id)}
            />
          )}
        </>
      );
    case 'other-account':
      return (
        <>
          <Button text={t('shareAs', email)} press={() => actions.adopt(batch.id)} />
          <Button text={t('remove')} press={remove} />
        </>
      );
    case 'choose-again':
      return (
        <>
          <ChooseAgain
            choose={(file) => actions.again(job.id, file)}
            elsewhere={does.chooseAgain && (() => does.chooseAgain?.(batch.id))}
          />
          {reason.why === 'other' ? (
            <Button text={t('shareInstead')} press={() => actions.replace(job.id)} />
          ) : (
            batch.jobs.length === 1 && <Button text={t('remove')} press={remove} />
          )}
        </>
      );
    case 'network':
    case 'server':
    case 'busy': {
      const text = t(reason.retryAt === undefined ? 'tryAgain' : 'tryNow');
      return <Button text={text} press={tryAgain} />;
    }
    case 'storage':
      return <Button text={t('tryAgain')} press={tryAgain} />;
    case 'sign-in':
      return (
        reason.service && (
          <Button text={t('addAccount')} press={() => actions.openOptions('add-account')} />
        )
      );
    case 'offline':
    case undefined:
    default:
      return null;
  }
}

/** What the button says that tries again in another way. */
const HELP: { [K in FailureCode]?: MessageKey } = {
  'page-forbids-script': 'shareVisiblePart',
  'share-gone': 'startNewShare',
};

interface ChooseAgainProps {
  choose: (file: File) => void;
  /** Where no picker can be opened here. */
  elsewhere: (() => void) | undefined;
}

function ChooseAgain({ choose, elsewhere }: ChooseAgainProps) {
  const picker = useRef<HTMLInputElement>(null);
  if (elsewhere) return <Button text={t('chooseAgain')} press={elsewhere} />;
  return (
    <>
      <Button text={t('chooseAgain')} press={() => picker.current?.click()} />
      <FilePicker input={picker} onFiles={([file]) => file && choose(file)} />
    </>
  );
}

function Button({ text, hint, press }: { text: string; hint?: string; press: () => void }) {
  return (
    <button type="button" class="button" title={hint} onClick={press}>
      {text}
    </button>
  );
}

/** The time, second by second, for as long as it is counted down to something. */
function useNow(until: number | undefined): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    if (until === undefined) return undefined;
    now.value = Date.now();
    const timer = setInterval(() => (now.value = Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return now.value;
}
