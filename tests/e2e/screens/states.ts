import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { at } from '../../../scripts/lib/project.mjs';
import type {
  AccountItem,
  AccountView,
  JobView,
  ShareView,
  ViewState,
} from '../../../src/extension/background/view-state.ts';

/** The moment at which all pictures are taken. */
export const NOW = Date.UTC(2026, 2, 14, 12, 0, 0);

export const SERVER = 'https://files.example.org';
const MINUTE = 60_000;

/** Previews as the extension makes them, of the pictures of the demo. */
async function preview(file: string): Promise<string> {
  const small = await sharp(readFileSync(at('scripts/demo/pictures', file)))
    .resize(96, 96)
    .webp({ quality: 80 })
    .toBuffer();
  return `data:image/webp;base64,${small.toString('base64')}`;
}
export const LAKE = await preview('lake-at-dusk.jpg');
export const TOWER = await preview('lighthouse.webp');
export const CITY = await preview('paper-city.png');

const ANNA = {
  email: 'anna@example.com',
  name: 'Anna',
  storage: { used: 412_000_000, limit: 2_000_000_000 },
};

export function account(over: Partial<AccountView> = {}): AccountView {
  return {
    status: 'signed-in',
    id: 'anna',
    service: 'gett',
    server: SERVER,
    profile: ANNA,
    ...over,
  };
}

export const SIGNED_OUT: AccountView = { status: 'signed-out', service: 'gett', server: SERVER };

/** The account as the list of accounts has it. */
export function item(over: Partial<AccountItem> = {}): AccountItem {
  return {
    id: 'anna',
    service: 'gett',
    server: SERVER,
    profile: ANNA,
    ended: false,
    shown: true,
    clicks: true,
    waiting: 0,
    ...over,
  };
}

export const BEN = {
  email: 'ben@example.com',
  name: 'Ben',
  places: [
    { id: 'b1', name: 'Pictures' },
    { id: 'b2', name: 'Letters' },
  ],
};

export const BOBA = { email: 'bobafett', name: 'bobafett' };

export const JSMITH = { email: 'jsmith', name: 'jsmith' };

/** One account of each kind. */
export const SEVERAL: AccountItem[] = [
  item({ clicks: false }),
  item({
    id: 'ben',
    service: 'bridge',
    server: 'https://bridge.example.org',
    profile: BEN,
    place: 'b1',
    shown: false,
    waiting: 1,
  }),
  item({
    id: 'jsmith',
    service: 'jetstream',
    server: 'https://transfer.example.org',
    profile: JSMITH,
    shown: false,
    clicks: false,
    ended: true,
  }),
];

/** Somebody with so many bytes of 2 GB in use. */
export function storage(used: number, more?: string): AccountView {
  const profile = { email: 'anna@example.com', name: 'Anna' };
  const figures = { used, limit: 2_000_000_000, ...(more !== undefined && { more }) };
  return account({ profile: { ...profile, storage: figures } });
}

export function state(over: Partial<ViewState> = {}): ViewState {
  const status = over.account?.status;
  return {
    account: account(),
    accounts: status === 'signed-out' ? [] : [item({ ended: status === 'ended' })],
    server: SERVER,
    reachable: true,
    online: true,
    jobs: [],
    shares: [],
    more: false,
    version: 1,
    loaded: true,
    mayCopy: true,
    removals: [],
    refused: [],
    ...over,
  };
}

let sequence = 0;

/**
 * A job of a batch of its own that has a link. Tests give an `id`: the numbers are those of the
 * screens, whose pictures show them.
 */
export function job(over: Partial<JobView> & { name: string }): JobView {
  const id = over.id ?? `job-${++sequence}`;
  const sharename = `8ExGX${id.slice(-2)}`;
  return {
    id,
    batch: `batch-of-${id}`,
    size: 1_400_000,
    link: 'first',
    state: 'sending',
    sharename,
    url: `${SERVER}/${sharename}`,
    ...over,
  };
}

/** At a service that has told neither share nor address yet. */
export function unlinked({ sharename: _share, url: _url, ...rest }: JobView): JobView {
  return rest;
}

export function share(name: string, minutes: number, over: Partial<ShareView> = {}): ShareView {
  const sharename = over.sharename ?? `4aP2q${name.length}${minutes % 1000}`.slice(0, 8);
  return {
    sharename,
    url: `${SERVER}/${sharename}`,
    created: NOW - minutes * MINUTE,
    downloads: 0,
    files: [{ name, size: 86_400 }],
    ...over,
  };
}

/** What a person may have shared in the last weeks. */
export const RECENT: ShareView[] = [
  share('lake-at-dusk.jpg', 4, {
    thumbnail: LAKE,
    files: [{ name: 'lake-at-dusk.jpg', size: 1_430_000 }],
  }),
  share('invoice-2026-014.pdf', 122, { downloads: 1 }),
  share('Summer 2025', 26 * 60, {
    title: 'Summer 2025',
    thumbnail: CITY,
    downloads: 14,
    files: [
      { name: 'beach.mov', size: 440_000_000 },
      { name: 'harbour.jpg', size: 3_200_000 },
      { name: 'notes.txt', size: 0 },
    ],
  }),
  share('The minutes of the meeting of the housing association in March.docx', 3 * 24 * 60, {
    downloads: 3,
  }),
  share('lighthouse.webp', 80 * 24 * 60, { thumbnail: TOWER, downloads: 1240 }),
];
