import { html } from 'hono/html';
import type { Preview } from './preview.ts';

/** Line icons on a grid of 24, drawn for this project. They are decoration: words carry the meaning. */
const PATHS = {
  download: 'M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14',
  send: 'M12 15.5V4M7.5 8.5L12 4l4.5 4.5M4.5 14.5v5h15v-5',
  link: 'M10.5 13.5l3-3M9 11.5l-2.7 2.7a2.8 2.8 0 0 0 4 4L13 15.5M15 12.5l2.7-2.7a2.8 2.8 0 0 0-4-4L11 8.5',
  picture: 'M4 5.5h16v13H4zM4 15.5l4.5-4.5 4.5 4.5 2.5-2.5 4.5 4.5M15 9.5v.1',
  video: 'M4 6h16v12H4zM10.5 9.5v5l4-2.5z',
  audio:
    'M9 17.5V6.5l9-2v11M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M18 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0',
  text: 'M6.5 3.5h7.5l4 4v13H6.5zM14 3.5v4h4M9.5 12h5.5M9.5 15.5h5.5',
  file: 'M6.5 3.5h7.5l4 4v13H6.5zM14 3.5v4h4',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  arriving: 'M12 3.5v9.5M8 9.5l4 4 4-4M4.5 15v4.5h15V15',
  gone: 'M5 7h14M10 7V4.5h4V7M6.5 7l.8 12.5h9.4L17.5 7',
  warning: 'M12 4.5l8.5 15h-17zM12 10.5v4M12 17v.1',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.9-3.9 3.8-6 7.5-6s6.6 2.1 7.5 6',
  compass: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M15.5 8.5l-2 5-5 2 2-5z',
} as const;

export type IconName = keyof typeof PATHS;

export const icon = (name: IconName) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;

export const mark = () => html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="8"/>
  <path d="M19.1 8.7A8.6 8.6 0 1 0 19.1 23.3"/><path d="M14 16h12M22.4 12.4l3.6 3.6-3.6 3.6"/>
</svg>`;

const ICONS: Readonly<Record<Preview, IconName>> = {
  scaled: 'picture',
  original: 'picture',
  video: 'video',
  audio: 'audio',
  text: 'text',
  pdf: 'text',
  none: 'file',
};

export const iconOf = (preview: Preview): IconName => ICONS[preview];
