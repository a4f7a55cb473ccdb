import { useSignal } from '@preact/signals';
import type { ShareProblem } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import { Field } from './field.tsx';
import { shareProblemText } from './share-texts.ts';

interface PathFormProps {
  sharePath: (path: string) => Promise<ShareProblem | undefined>;
}

/** Where a service takes no files: a link to one that lies on its own disk. */
export function PathForm({ sharePath }: PathFormProps) {
  const path = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const wanted = path.value.trim();
    if (!wanted) {
      problem.value = t('pathMissing');
      return;
    }
    busy.value = true;
    problem.value = undefined;
    const refused = await sharePath(wanted).catch(() => 'server' as const);
    busy.value = false;
    if (refused) problem.value = shareProblemText(refused);
    else path.value = '';
  }

  return (
    <form class="path-form" onSubmit={(event) => void submit(event)} noValidate>
      <Field
        id="path"
        label={t('pathOnServer')}
        type="text"
        autoComplete="off"
        text={path}
        problem={problem.value}
      />
      <button type="submit" class="button main" disabled={busy.value}>
        {t('makeLink')}
      </button>
    </form>
  );
}
