export interface FirstRun {
  /** `development`: a developer's browser, which installs it anew at every start. */
  installType: string;
  /** Whether the welcome page has been shown before. */
  seen: () => Promise<boolean | undefined>;
  note: () => Promise<void>;
  open: () => Promise<void>;
}

/** Shows the welcome page once, when somebody has installed the extension. */
export async function welcome({ installType, seen, note, open }: FirstRun): Promise<void> {
  if (installType === 'development' || (await seen())) return;
  // Noted first: a page that is opened twice is worse than one that could not be opened.
  await note();
  await open();
}
