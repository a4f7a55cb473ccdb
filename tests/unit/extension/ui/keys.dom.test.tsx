import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { useKey } from '../../../../src/extension/ui/keys.ts';

afterEach(() => render(null, document.body));

function listen() {
  const pressed = vi.fn();
  function Keys() {
    useKey(['/', 'Ctrl+Z'], pressed);
    return null;
  }
  void act(() => render(<Keys />, document.body));
  const press = (key: KeyboardEventInit) =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }),
    );
  return { pressed, press };
}

it('takes a slash from keyboards that have it on a key with Shift', () => {
  const { pressed, press } = listen();
  press({ key: '/', shiftKey: true });
  expect(pressed).toHaveBeenCalledOnce();
});

it('leaves other keys with Shift to the browser', () => {
  const { pressed, press } = listen();
  press({ key: 'Z', ctrlKey: true, shiftKey: true });
  press({ key: '/', ctrlKey: true, shiftKey: true });
  expect(pressed).not.toHaveBeenCalled();
});
