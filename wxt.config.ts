import { preact } from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { renderIcons } from './scripts/lib/icons.mjs';

/**
 * Why each permission is asked for at installation:
 * activeTab, scripting: read the picture that was clicked, where it was clicked, and nothing else.
 * contextMenus: the entry "Share via Ge.tt" on pictures.
 * storage: settings; the access token, in memory only.
 * alarms: try waiting uploads again after the background was stopped.
 * clipboardWrite: the link is copied without a further click; that is what the product is for.
 * offscreen (Chromium): uploads outlive the service worker only in an offscreen document.
 * A server's origin is asked for when somebody signs in there, any other host when a picture needs it.
 */
const permissions = [
  'activeTab',
  'alarms',
  'clipboardWrite',
  'contextMenus',
  'scripting',
  'storage',
];

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' blob: data: http: https:",
  'connect-src * data:',
].join('; ');

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  // WXT empties the folder that it builds into, so the build script gives it one of its own.
  outDirTemplate: process.env['EXTENSION_FOLDER'] ?? '{{browser}}-mv{{manifestVersion}}',
  hooks: {
    async 'build:publicAssets'({ config }, files) {
      files.push(...(await renderIcons(`${config.wxtDir}/icons`)));
    },
  },
  vite: () => ({ plugins: [preact()], build: { sourcemap: false } }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: browser === 'chrome' ? [...permissions, 'offscreen'] : permissions,
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Nothing that comes from a private window may be kept, so there is no item in private windows.
    incognito: 'not_allowed',
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+G' } } },
    // Firefox's own default upgrades http: to https:, which cuts off a server on the home network.
    content_security_policy: { extension_pages: contentSecurityPolicy },
    ...(browser === 'chrome' && {
      // Below 148 a File in a message arrives as {}.
      minimum_chrome_version: '148',
      message_serialization: 'structured_clone',
    }),
    ...(browser === 'firefox' && {
      browser_specific_settings: {
        gecko: {
          id: 'share@ge.tt',
          strict_min_version: '142.0',
          data_collection_permissions: { required: ['authenticationInfo', 'websiteContent'] },
        },
      },
    }),
  }),
});
