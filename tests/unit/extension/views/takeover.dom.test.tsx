import { render } from 'preact';
import { expect, it } from 'vitest';

it('drawing over elements that are there keeps them, and sets right what differs', () => {
  document.body.innerHTML =
    '<div id="app"><ul><li class="row recent" tabindex="-1"><a href="https://ge.tt/1">One</a><time>1 min ago</time></li><li>left over</li></ul></div>';
  const root = document.body.children[0] as HTMLElement;
  const row = root.querySelector('li');
  const link = root.querySelector('a');
  let pressed = 0;
  render(
    <ul>
      <li class="row recent" key="1">
        <a href="https://ge.tt/1" onClick={() => (pressed += 1)}>
          One
        </a>
        <time>2 h ago</time>
      </li>
    </ul>,
    root,
  );
  expect(root.querySelector('li')).toBe(row);
  expect(root.querySelector('a')).toBe(link);
  link?.dispatchEvent(new Event('click'));
  expect(pressed).toBe(1);
  expect(root.textContent).toBe('One2 h ago');
  expect(row?.hasAttribute('tabindex')).toBe(false);
});
