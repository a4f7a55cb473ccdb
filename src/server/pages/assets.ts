import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Context, Hono } from 'hono';
import mime from 'mime';
import { errorCode } from '../errors.ts';

/** The build puts scripts, styles and pictures of the pages beside the bundle. */
const FOLDER = new URL('./assets/', import.meta.url);
const FOREVER = 'public, max-age=31536000, immutable';
/** Pages of other sites import it by this one address, so it cannot be kept for good. */
const FOR_EVERY_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
const SDK_CACHE = 'public, max-age=3600';
const DROP = 'gett-drop.js';

interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  /** Of the content. */
  hash: string;
  /** https://www.w3.org/TR/SRI/#integrity-metadata */
  integrity: string;
}

const assets = loadAssets();

/** Address of an asset that changes with its content, so that browsers may keep it for good. */
export function assetUrl(name: string): string {
  const asset = assets.get(name);
  return asset ? `/assets/${name}?v=${asset.hash}` : `/assets/${name}`;
}

/**
 * The component for pages of other sites: an address whose content never changes, and what the
 * content must be. `undefined` when this runs from the sources.
 */
export function dropScript(): { path: string; integrity: string } | undefined {
  const drop = assets.get(DROP);
  return drop && { path: `/sdk/gett-drop-${drop.hash}.js`, integrity: drop.integrity };
}

export function serveAssets(app: Hono): void {
  app.get('/assets/:name', (c: Context) => {
    const asset = assets.get(c.req.param('name') ?? '');
    if (!asset) return c.notFound();
    const cache = c.req.query('v') === asset.hash ? FOREVER : 'no-cache';
    return sendAsset(c, asset, { 'Cache-Control': cache });
  });
  app.get('/sdk/gett-sdk.js', (c: Context) => {
    const sdk = assets.get('gett-sdk.js');
    if (!sdk) return c.notFound();
    return sendAsset(c, sdk, { 'Cache-Control': SDK_CACHE, ...FOR_EVERY_ORIGIN });
  });
  app.get('/sdk/:name{gett-drop(-[\\w-]+)?\\.js}', (c: Context) => {
    const drop = assets.get(DROP);
    if (!drop) return c.notFound();
    const { pathname } = new URL(c.req.url);
    if (pathname === dropScript()?.path) {
      return sendAsset(c, drop, { 'Cache-Control': FOREVER, ...FOR_EVERY_ORIGIN });
    }
    // The server's own page comes with it, so both are always of one version.
    const fresh = { 'Cache-Control': 'no-cache', ...FOR_EVERY_ORIGIN };
    if (pathname === `/sdk/${DROP}`) return sendAsset(c, drop, fresh);
    // Of another version: pages that do not say what they expect go on with this one.
    return c.body(null, 302, { Location: `/sdk/${DROP}`, ...fresh });
  });
}

function sendAsset(c: Context, { bytes, type, hash }: Asset, more: Record<string, string>) {
  const etag = `"${hash}"`;
  const headers = {
    'Content-Type': type,
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
    ...more,
  };
  if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers);
  return c.body(bytes, 200, headers);
}

function loadAssets(): ReadonlyMap<string, Asset> {
  return new Map(assetNames().map((name) => [name, loadAsset(name)]));
}

function loadAsset(name: string): Asset {
  const bytes = new Uint8Array(readFileSync(new URL(name, FOLDER)));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const type = mime.getType(name) ?? 'application/octet-stream';
  const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  return {
    bytes,
    hash,
    integrity,
    type: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
  };
}

/** None when this runs from the sources, as in unit tests. */
function assetNames(): string[] {
  try {
    return readdirSync(FOLDER);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
