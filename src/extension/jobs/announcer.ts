import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import type { NewFile, ShareService } from '../services/share-service.ts';
import { type Announcement, type Job, linkOf, type ShareRef } from './job.ts';
import type { JobChange, JobStore } from './store.ts';

export interface AnnouncerOptions {
  store: JobStore;
  /** Unix milliseconds. */
  now: () => number;
}

export interface AnnounceTask {
  service: ShareService;
  /** All files of the batch that belong to the account, whatever becomes of them. */
  batch: readonly Job[];
  /** Those that need a link. */
  jobs: readonly Job[];
  session: string | undefined;
}

/** Gives files their links: all of a batch by one announcement. */
export type Announcer = (task: AnnounceTask) => Promise<void>;

/**
 * Every step is on disk before the next one is asked for, so that a browser that is killed in
 * between finds again what it has made, instead of making it a second time.
 */
export function createAnnouncer({ store, now }: AnnouncerOptions): Announcer {
  return async ({ service, batch, jobs, session }) => {
    for (const { id, former } of jobs) {
      if (!former) continue;
      await service.removeFile(former).catch(unlessGone);
      await store.change([{ id, facts: { former: undefined } }]);
    }
    const known = shareOf(batch);
    const since = Math.min(...jobs.map(({ asked }) => asked ?? Number.POSITIVE_INFINITY));
    const lost = Number.isFinite(since) ? service.lost : undefined;
    const title = titleOf(batch);
    const share = known ?? (await lost?.share(title, since));
    if (share && !known) await store.change(batch.map(({ id }) => ({ id, facts: { share } })));
    const found = share && lost ? await claim(share, jobs, service, lost) : [];
    const missing = jobs.filter(({ id }) => !found.some((change) => change.id === id));
    if (missing.length === 0) return;

    const asked = now();
    // It may have been renamed meanwhile; from here on that is told afterwards.
    const current = titleOf(batch.map((job) => store.get(job.id) ?? job));
    await store.change(missing.map(({ id }) => ({ id, facts: { asked } })));
    let made: ShareRef | undefined;
    const options = {
      ...(current !== undefined && { title: current }),
      ...(session !== undefined && { session }),
      made: async (ref: ShareRef) => {
        made = ref;
        await store.change(batch.map(({ id }) => ({ id, facts: { share: ref } })));
      },
    };
    const announce = (files: NewFile[], into = made ?? share) =>
      service.announce(files, into ? { ...options, share: into } : options);
    const announceAnew = () => service.announce(missing.map(fileOf), options);
    const links = await announce(missing.map(fileOf)).catch((error: unknown) => {
      // The service takes all or none; each file is judged by itself when its bytes come.
      if (hasCode(error, 'storage-limit')) return announce(missing.map(({ name }) => ({ name })));
      // The share was deleted elsewhere.
      if (hasCode(error, 'not-found') && share) return announceAnew();
      throw error;
    });
    await store.change(missing.flatMap(({ id }, i) => linked(id, links[i])));
    // Nobody is left who would want it.
    const left = batch.some(({ id }) => store.get(id) !== undefined);
    const { sharename } = links[0] ?? {};
    const own = !batch.some(({ added }) => added);
    if (!left && own && sharename) await service.remove(sharename);
  };

  /** Files that an announcement has made whose answer was lost. */
  async function claim(
    share: ShareRef,
    jobs: readonly Job[],
    service: ShareService,
    lost: NonNullable<ShareService['lost']>,
  ): Promise<JobChange[]> {
    const taken = new Set(store.all().map(({ state }) => keyOf(linkOf(state))));
    const free = (await lost.files(share)).filter((file) => !taken.has(keyOf(file)));
    const changes: JobChange[] = [];
    for (const { id, name } of jobs) {
      const at = free.findIndex((file) => file.name === name);
      const [file] = at < 0 ? [] : free.splice(at, 1);
      if (file) changes.push(...linked(id, await file.claim()));
    }
    // One that is announced with another name than was asked for belongs to nobody.
    await store.change(changes);
    return changes;
  }
}

function linked(id: string, link: Announcement | undefined): JobChange[] {
  return link ? [{ id, event: { type: 'announced', link }, facts: { asked: undefined } }] : [];
}

function fileOf({ name, size }: Job): NewFile {
  return { name, ...(size !== undefined && { size }) };
}

/** What the share of a batch is called; one file lends it its name at the service. */
function titleOf([first, ...others]: readonly Job[]): string | undefined {
  return first?.title ?? (others.length > 0 ? first?.name : undefined);
}

/** The share of a batch, once it is known. */
export function shareOf(batch: readonly Job[]): ShareRef | undefined {
  const refs = [...batch.map(({ share }) => share), ...batch.map(({ state }) => linkOf(state))];
  for (const { sharename, url } of refs.flatMap((ref) => ref ?? [])) {
    // A service that gives links last has none yet.
    if (sharename !== '' && url !== undefined) return { sharename, url };
  }
  return undefined;
}

function keyOf(file: { sharename: string; fileid: string } | undefined): string {
  return file ? `${file.sharename}/${file.fileid}` : '';
}

function unlessGone(error: unknown): void {
  if (!hasCode(error, 'not-found')) throw error;
}

function hasCode(error: unknown, code: GettErrorCode): boolean {
  return isGettError(error) && error.code === code;
}
