import { preact } from '@preact/preset-vite';
import { mergeConfig } from 'vite';
import { defineConfig } from 'wxt';
import { OLDEST } from './scripts/lib/browser-version.mjs';
import { renderIcons } from './scripts/lib/icons.mjs';
import { leanKy } from './scripts/lib/lean-ky.mjs';
import { licences } from './scripts/lib/licences.mjs';
import { compactMessages } from './scripts/lib/messages.mjs';

/**
 * Asked for at installation, none with a warning; docs/permissions.md says why.
 * A server's origin is asked for when somebody signs in there, any other host when a picture needs it.
 */
const permissions = ['activeTab', 'alarms', 'contextMenus', 'scripting', 'storage'];

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' blob: data: http: https:",
  'connect-src * data:',
].join('; ');

/** Code, but for what no page needs before somebody does something. */
const STARTS = /^(?!.*\/(?:decoder|diagnostics|field|vault)\.tsx?$).*\.(?:tsx?|m?js)$/;

/** What a page starts with in few files: each costs a popup as much time as its reading does. */
const fewFiles = {
  output: {
    // All of them are in the list of what a page may load later: each digit counts.
    chunkFileNames: 'chunks/[name]-[hash:6].js',
    codeSplitting: {
      groups: [
        {
          name: 'first',
          test: /frame\/kept|first-frame|platform\/product|wxt\/dist\/browser|preload-helper|html-plugins|common\.css/,
          priority: 1,
        },
        { name: 'pages', test: STARTS, minShareCount: 3 },
      ],
    },
  },
};

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  // WXT empties the folder that it builds into, so the build script gives it one of its own.
  outDirTemplate: process.env['EXTENSION_FOLDER'] ?? '{{browser}}-mv{{manifestVersion}}',
  hooks: {
    'vite:build:extendConfig'(entrypoints, { build }) {
      // The background and scripts of foreign pages are one file each.
      if (build && entrypoints.some(({ type }) => type === 'popup')) {
        build.rollupOptions = mergeConfig(build.rollupOptions ?? {}, fewFiles);
      }
    },
    async 'build:publicAssets'({ config }, files) {
      files.push(...(await renderIcons(`${config.wxtDir}/icons`)));
      files.push({ relativeDest: 'licences.json', contents: JSON.stringify(await licences()) });
      for (const [i, file] of files.entries()) {
        if (!('absoluteSrc' in file) || !/_locales.+json$/.test(file.relativeDest)) continue;
        const { relativeDest } = file;
        files[i] = { relativeDest, contents: await compactMessages(file.absoluteSrc) };
      }
    },
  },
  vite: () => ({
    plugins: [preact(), leanKy()],
    build: {
      sourcemap: false,
      minify: 'terser',
      terserOptions: {
        compress: { passes: 3 },
        ecma: 2020,
        module: true,
        format: { comments: false },
      },
      modulePreload: { polyfill: false },
      target: ['chrome148', 'firefox142'],
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: browser === 'chrome' ? [...permissions, 'offscreen', 'sidePanel'] : permissions,
    // Asked for by whoever wants links to be copied without a click, or to be told.
    optional_permissions: ['clipboardWrite', 'notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // The one way that both browsers know; what comes from private windows is kept in memory only.
    incognito: 'spanning',
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+G' } },
      'choose-files': { description: '__MSG_commandChooseFiles__' },
      'screenshot-area': { description: '__MSG_commandScreenshotArea__' },
    },
    omnibox: { keyword: 'gt' },
    // Firefox's own default upgrades http: to https:, which cuts off a server on the home network.
    content_security_policy: { extension_pages: contentSecurityPolicy },
    ...(browser === 'chrome' && {
      // Below 148 a File in a message arrives as {}.
      minimum_chrome_version: OLDEST.chromium,
      message_serialization: 'structured_clone',
    }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'share@ge.tt',
          strict_min_version: OLDEST.firefox,
          data_collection_permissions: { required: ['authenticationInfo', 'websiteContent'] },
        },
      },
    }),
  }),
});
