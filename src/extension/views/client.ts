import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { AccountId, SignInForm, SignInProblem } from '../account/account.ts';
import {
  type BackgroundCalls,
  PROGRESS_CHANNEL,
  type ProgressNews,
  VIEW_CHANNEL,
} from '../background/calls.ts';
import type { GivenFiles } from '../background/intake.ts';
import type {
  CopiedNews,
  JobView,
  ShareProblem,
  ShareView,
  ViewState,
} from '../background/view-state.ts';
import type { Given } from '../capture/given.ts';
import type { JobProgress } from '../jobs/host.ts';
import type { JobId } from '../jobs/job.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { copyFromPage } from '../platform/clipboard.ts';
import { language } from '../platform/i18n.ts';
import type { ScreenshotShape } from '../platform/menu.ts';
import { caller } from '../platform/messages.ts';
import { requestCopying, requestOrigin } from '../platform/permissions.ts';
import { connectPrivateView, inPrivateWindow } from '../platform/private.ts';
import { version } from '../platform/product.ts';
import { openOptions, openShare, openUploadTab } from '../platform/tabs.ts';
import { type LinkFormat, linkText, type TitledLink } from '../settings/link-text.ts';
import { atServer } from './at-server.ts';
import type { Program } from './diagnostics.ts';
import { firstFrame } from './first-frame.ts';
import { saveFile } from './save-file.ts';
import { connectSettings, type SettingsView } from './settings.ts';
import { connectShares, type SharesView } from './shares.ts';
import { forgetSnapshot, readSnapshot, writeSnapshot } from './snapshot.ts';

/** What a page shows, and what its buttons do. */
export interface View {
  /** `undefined` only before the very first answer on this computer. */
  state: ReadonlySignal<ViewState | undefined>;
  progress: ReadonlySignal<ReadonlyMap<string, JobProgress>>;
  copied: ReadonlySignal<CopiedNews | undefined>;
  settings: SettingsView;
  shares: SharesView;
  actions: Actions;
}

export interface Actions {
  /** Resolves with what is wrong, if anything. Call it first thing in a click. */
  signIn: (form: SignInForm) => Promise<SignInProblem | undefined>;
  signOut: (id: AccountId) => Promise<void>;
  /** Where the next sign-in at Ge.tt begins. */
  useServer: (server: string) => Promise<void>;
  showAccount: (id: AccountId) => void;
  /** Sends pictures that are shared by right-click there. */
  useForClicks: (id: AccountId) => Promise<void>;
  choosePlace: (id: AccountId, place: string) => Promise<void>;
  /** Shares what lies on the service's own disk. Resolves with what is wrong, if anything. */
  sharePath: (path: string) => Promise<ShareProblem | undefined>;
  /** Fetches a file, verifies it and hands it to the user. Resolves with what is wrong, if anything. */
  download: (sharename: string, name: string) => Promise<ShareProblem | undefined>;
  /** Forgets what is kept of shares on this computer. */
  clearHistory: () => Promise<void>;
  /** Hands the files over at once: a popup may be gone by the end of its `change` handler. */
  give: (given: Given, each: boolean) => void;
  /** A picture that was dragged out of a page. */
  givePicture: (src: string) => void;
  /** Adds files to a share that is there. */
  addTo: (share: Pick<ShareView, 'sharename' | 'url'>, files: readonly File[]) => void;
  /** Gives a job its file again; whether it is the same one shows in its row. */
  again: (id: string, file: File) => void;
  /** Shares the file that was chosen instead of the one that was meant. */
  replace: (id: string) => void;
  /** Goes on with everything that stands still: in one batch, or in all. */
  resume: (batch?: string) => void;
  pause: (batch?: string) => void;
  /** Asks for the host of the picture. Call it first thing in a click. */
  allow: (job: JobView) => void;
  adopt: (batch: string) => void;
  /** Goes on without a file that cannot be shared. */
  leaveOut: (id: JobId) => void;
  /** Takes a picture of the tab in front; resolves when a popup may close. */
  screenshot: (shape: ScreenshotShape) => Promise<void>;
  /** Shares a picture as the window shows it. */
  asShown: (batch: string) => void;
  cancel: (batch: string, label: string) => void;
  /** @param label what they are called, together. */
  remove: (sharenames: string[], label: string) => void;
  /** Resolves with what stands in the way. @param title `null` takes it away. */
  rename: (sharename: string, title: string | null) => Promise<ShareProblem | null>;
  /** The same for a share that is on its way. */
  renameBatch: (
    batch: string,
    sharename: string,
    title: string | null,
  ) => Promise<ShareProblem | null>;
  hold: (key: string) => void;
  undo: (key: string) => void;
  refresh: () => void;
  /** @param as by default as the settings say. */
  copy: (links: readonly TitledLink[], as?: LinkFormat) => void;
  copyText: (text: string) => Promise<void>;
  /** Links are copied without a click from now on, if the user allows it. Call it first thing in a click. */
  allowCopying: () => Promise<boolean>;
  /** What runs where, for support. */
  program: () => Program;
  /** @param at what the tab shows first: `free`, or what a row asks for. */
  openUploadTab: (at?: string) => void;
  openShare: (url: string) => void;
  /** @param section the part of the page that is shown first */
  openOptions: (section?: string) => void;
}

/** How long a button says that it has copied, in milliseconds. */
const COPIED = 2_000;

export function connectView(): View {
  const background = caller<BackgroundCalls>('background');
  const state = signal(readSnapshot());
  const progress = signal<ReadonlyMap<string, JobProgress>>(new Map());
  const copiedHere = signal<CopiedNews | undefined>(undefined);
  const figures = openBroadcast<ProgressNews>(PROGRESS_CHANNEL);
  const settings = connectSettings();

  let leaving = 0;
  const show = (next: ViewState) => {
    state.value = next;
    if (!leaving) writeSnapshot(next);
  };
  const secret = inPrivateWindow();
  const showUnlessPrivate = async (next: ViewState) => {
    if (!(await secret)) show(next);
  };
  const refresh = async () => showUnlessPrivate(await background('view.open', null));
  /** Nothing of before is kept any more: the page may be gone before the background has answered. */
  const leave = async (call: () => Promise<void>) => {
    leaving++;
    forgetSnapshot();
    await call().finally(() => leaving--);
  };

  openBroadcast<ViewState>(VIEW_CHANNEL).listen((next) => void showUnlessPrivate(next));
  void secret.then((yes) => {
    if (!yes) return;
    connectPrivateView((news) => {
      if (!('figures' in news)) show(news);
      else progress.value = new Map(progress.value).set(news.figures.id, news.figures);
    });
  });
  figures.listen((news) => {
    if (news !== 'ask') progress.value = new Map(progress.value).set(news.id, news);
  });
  const ask = () => {
    figures.send('ask');
    void refresh();
  };
  // Where something can be shown at once, waking the background must not slow it down.
  if (state.value) void firstFrame().then(ask);
  else ask();

  const shareFiles = async (given: GivenFiles) =>
    background('files.share', { ...given, private: await secret });

  return {
    state,
    progress,
    copied: computed(() => copiedHere.value ?? state.value?.copied),
    settings,
    shares: connectShares(background, state),
    actions: {
      async signIn(form) {
        const result = await atServer(form.server, () => background('account.signIn', form));
        return result.ok ? undefined : result.problem;
      },
      signOut: (id) => leave(() => background('account.signOut', { id })).then(refresh),
      useServer: (server) => background('account.server', { server }),
      showAccount: (id) => void leave(() => background('account.show', { id })).then(refresh),
      useForClicks: (id) => background('account.clicks', { id }),
      choosePlace: (id, place) => background('account.place', { id, place }),
      async sharePath(path) {
        const reply = await background('share.path', { path });
        return reply.ok ? undefined : reply.problem;
      },
      async download(sharename, name) {
        const reply = await background('share.download', { sharename });
        if (!reply.ok) return reply.problem;
        saveFile(reply.value, name);
        return undefined;
      },
      clearHistory: () => leave(() => background('history.clear', null)).then(forgetSnapshot),
      give({ files, title }, each) {
        void shareFiles({
          files: files.map(({ file }) => file),
          names: files.map(({ name }) => name),
          each,
          ...(title !== undefined && { title }),
        });
      },
      givePicture: (src) => void background('picture.share', { src }),
      addTo({ sharename, url }, files) {
        if (files.length === 0 || url === undefined) return;
        void shareFiles({ files: [...files], into: { sharename, url } });
      },
      again: (id, file) => void background('files.again', { id, file }),
      replace: (id) => void background('files.replace', { id }),
      resume: (batch) => void background('jobs.resume', batch === undefined ? {} : { batch }),
      pause: (batch) => void background('jobs.pause', batch === undefined ? {} : { batch }),
      allow({ batch, reason }) {
        if (reason?.kind !== 'permission') return;
        // The background hears of a new permission by itself, as the question may close the popup.
        // It hears nothing when the host was allowed before.
        void requestOrigin(reason.origin).then((granted) =>
          granted ? background('jobs.resume', { batch }) : undefined,
        );
      },
      adopt: (batch) => void background('batch.adopt', { batch }),
      leaveOut: (id) => void background('job.leaveOut', { id }),
      screenshot: (shape) => background('screenshot.take', { shape }),
      asShown: (batch) => void background('batch.asShown', { batch }),
      cancel: (batch, label) => void background('batch.cancel', { batch, label }),
      remove: (sharenames, label) => void background('shares.remove', { sharenames, label }),
      rename: (sharename, title) => background('share.rename', { sharename, title }),
      renameBatch: (batch, sharename, title) =>
        background('batch.rename', { batch, sharename, title }),
      hold: (key) => void background('removal.hold', { key }),
      undo: (key) => void background('removal.undo', { key }),
      refresh: () => void refresh(),
      copy(links, as = settings.current.value.copyFormat) {
        void copyFromPage(linkText(links, as)).then(() => {
          const news = { url: links.length === 1 ? (links[0]?.url ?? '') : '', at: Date.now() };
          copiedHere.value = news;
          setTimeout(() => {
            if (copiedHere.value === news) copiedHere.value = undefined;
          }, COPIED);
        });
      },
      copyText: copyFromPage,
      async allowCopying() {
        const granted = await requestCopying().catch(() => false);
        await settings.change({ copyByItself: granted });
        return granted;
      },
      program: () => ({ version: version(), userAgent: navigator.userAgent, language: language() }),
      openUploadTab: (at) => void openUploadTab(at),
      openShare: (url) => void openShare(url),
      openOptions: (section) => void openOptions(section),
    },
  };
}
