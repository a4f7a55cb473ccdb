import { describe, expect, it } from 'vitest';
import { welcome } from '../../../../src/extension/background/first-run.ts';

function browser(installType: string) {
  let seen: boolean | undefined;
  let opened = 0;
  const install = () =>
    welcome({
      installType,
      seen: async () => seen,
      note: async () => {
        seen = true;
      },
      open: async () => {
        opened += 1;
      },
    });
  return { install, opened: () => opened };
}

describe('the welcome page', () => {
  it('is shown once, however often the extension is installed again', async () => {
    const { install, opened } = browser('normal');
    await install();
    await install();
    expect(opened()).toBe(1);
  });

  it('is not shown to developers, whose browsers install it at every start', async () => {
    const { install, opened } = browser('development');
    await install();
    expect(opened()).toBe(0);
  });
});
