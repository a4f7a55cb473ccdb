import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

/** A part that the first frame hardly ever has: its code is read when it is shown. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Part: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const ready = useSignal(Part !== undefined);
    useEffect(() => {
      if (Part) return;
      void load().then((loaded) => {
        Part = loaded;
        ready.value = true;
      });
    }, []);
    return ready.value && Part ? <Part {...props} /> : null;
  };
}
