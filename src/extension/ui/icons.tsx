/** Line icons on a grid of 20, drawn for this project. They are decoration: buttons carry the name. */
const PATHS = {
  plus: 'M10 4v12M4 10h12',
  expand: 'M11.5 3.5h5v5M16.5 3.5l-6 6M8.5 16.5h-5v-5M3.5 16.5l6-6',
  gear: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  chevron: 'M6 8l4 4 4-4',
  next: 'M8 6l4 4-4 4',
  more: 'M3.4 10a1.1 1.1 0 1 0 2.2 0 1.1 1.1 0 1 0-2.2 0M8.9 10a1.1 1.1 0 1 0 2.2 0 1.1 1.1 0 1 0-2.2 0M14.4 10a1.1 1.1 0 1 0 2.2 0 1.1 1.1 0 1 0-2.2 0',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l.9-.9',
  copy: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  qr: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h2v2M16.5 11.5v2M11.5 16.5h1.5M15.5 15.5h1v1h-1z',
  pencil: 'M4 16l.8-3.2L13.5 4l2.5 2.5-8.8 8.7zM11.5 6l2.5 2.5',
  tab: 'M3 5.5h14v10.5H3zM3 8.5h14M8 5.5v3',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  pause: 'M7 5v10M13 5v10',
  play: 'M7 5l8.5 5L7 15z',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10M8.5 9v4M11.5 9v4',
  warning: 'M10 3.5l7 12.5H3zM10 8.5v3.5M10 14.2v.1',
  offline: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M5.2 5.2l9.6 9.6',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  file: 'M5.5 3h6l3.5 3.5V17h-9.5zM11.5 3v3.5H15',
  picture: 'M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3M12.5 7.5v.1',
  screenshot: 'M6 3v11h11M3 6h11v11',
  video: 'M3 5h10v10H3zM13 8.5l4-2.5v8l-4-2.5',
  sound: 'M8 14.5V5l8-1.5V13M8 14.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0M16 13a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  archive: 'M5 3h10v14H5zM9 3v2h2v2H9v2h2v2H9v3h2v-3',
  text: 'M5.5 3h6l3.5 3.5V17h-9.5zM8 9h4.5M8 11.5h4.5M8 14h3',
  files: 'M7.5 3h5l3.5 3.5V14h-8.5zM4.5 6v11h9',
  key: 'M7 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10.5 10H17v3M14 10v2.5',
  full: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 3v7h7',
  drop: 'M10 3v9M6.5 8.5L10 12l3.5-3.5M3.5 13v3.5h13V13',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

const KINDS: readonly (readonly [RegExp, IconName])[] = [
  [/\.(jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)$/i, 'picture'],
  [/\.(mp4|mov|webm|mkv|avi|m4v)$/i, 'video'],
  [/\.(mp3|ogg|opus|wav|flac|m4a|aac)$/i, 'sound'],
  [/\.(zip|7z|rar|tar|gz|xz|zst|bz2)$/i, 'archive'],
  [/\.(txt|md|pdf|docx?|odt|rtf|html?|csv|log)$/i, 'text'],
];

/** The sign for what a share holds. */
export function fileIcon(files: readonly { name: string }[]): IconName {
  const [first, ...others] = files;
  if (!first || others.length > 0) return 'files';
  return KINDS.find(([ending]) => ending.test(first.name))?.[1] ?? 'file';
}
