import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openRemovals, UNDO_TIME } from '../../../../src/extension/background/removals.ts';
import { UndoRow } from '../../../../src/extension/ui/shares/undo-row.tsx';
import type { Actions } from '../../../../src/extension/views/client.ts';

vi.mock('../../../../src/extension/platform/i18n.ts', () => ({
  t: (key: string, ...values: string[]) => [key, ...values].join(' '),
  kept: (make: unknown) => make,
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

/** Far beyond the time to undo. */
const LONG = 10 * UNDO_TIME;

/** The time to undo, and the moment until the page has noticed that somebody is gone. */
const FROM_THEN = UNDO_TIME + 100;

/** The bar of the page, and the background's clock that it holds. */
async function deleteShare() {
  const carryOut = vi.fn(async () => []);
  const memory = { get: async () => undefined, set: async () => undefined };
  const removals = await openRemovals({ memory, carryOut, changed: vi.fn() });
  await removals.add({ key: 'one', kind: 'share', label: 'cat.jpg' });
  const [removal] = removals.pending();
  if (!removal) throw new Error('Nothing is to be removed.');
  const hold = (key: string) => void removals.hold(key);
  const actions = { hold } as Partial<Actions> as Actions;
  // Somebody works elsewhere: the bar does not take the keyboard over.
  document.body.innerHTML = '<input><div></div>';
  const [elsewhere, root] = document.body.children as unknown as [HTMLInputElement, HTMLElement];
  elsewhere.focus();
  render(<UndoRow removal={removal} actions={actions} />, root);
  const button = root.querySelector('button')!;
  const bar = root.querySelector('li')!;
  await vi.advanceTimersByTimeAsync(1_000);
  return { carryOut, elsewhere, button, bar };
}

it('stays for six seconds where nobody is on it', async () => {
  const { carryOut } = await deleteShare();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(carryOut).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(carryOut).toHaveBeenCalledOnce();
});

it('stands still while the keyboard is on it, without any pointer', async () => {
  const { carryOut, elsewhere, button } = await deleteShare();
  const visible = vi.spyOn(button, 'matches').mockReturnValue(true);
  button.focus();
  expect(visible).toHaveBeenCalledWith(':focus-visible');
  await vi.advanceTimersByTimeAsync(LONG);
  expect(carryOut).not.toHaveBeenCalled();
  elsewhere.focus();
  await vi.advanceTimersByTimeAsync(FROM_THEN);
  expect(carryOut).toHaveBeenCalledOnce();
});

it('stands still while the pointer is on it', async () => {
  const { carryOut, bar } = await deleteShare();
  bar.dispatchEvent(new MouseEvent('mouseenter'));
  await vi.advanceTimersByTimeAsync(LONG);
  expect(carryOut).not.toHaveBeenCalled();
  bar.dispatchEvent(new MouseEvent('mouseleave'));
  await vi.advanceTimersByTimeAsync(FROM_THEN);
  expect(carryOut).toHaveBeenCalledOnce();
});

it('counts on when only a click has left the focus there', async () => {
  const { carryOut, button } = await deleteShare();
  vi.spyOn(button, 'matches').mockReturnValue(false);
  button.focus();
  await vi.advanceTimersByTimeAsync(UNDO_TIME);
  expect(carryOut).toHaveBeenCalledOnce();
});
