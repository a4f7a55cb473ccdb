import { kept, language, t } from '../platform/i18n.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const amounts = (maximumFractionDigits: number) =>
  kept(
    (unit: (typeof UNITS)[number]) =>
      new Intl.NumberFormat(language(), {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits,
      }),
  );
const [few, many] = [amounts(1), amounts(0)];

/** Bytes in decimal units, as stores and systems count them: `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return (value < 10 ? few : many)(UNITS[power] ?? 'byte').format(value);
}

/** `1.2 MB/s` */
export function formatSpeed(bytesPerSecond: number): string {
  return t('perSecond', formatBytes(Math.round(bytesPerSecond)));
}

/** `12 s`, counted down to. */
export function formatSeconds(milliseconds: number): string {
  return formatUnits({ second: Math.max(0, Math.ceil(milliseconds / 1000)) });
}

type UnitStyle = 'short' | 'long';

/** `a few seconds`, `3 min`, `1 h 20 min`: rounded, because it is a guess. Long for who listens. */
export function formatTimeLeft(milliseconds: number, style: UnitStyle = 'short'): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return t('fewSeconds');
  return formatUnits(
    minutes < 60
      ? { minute: minutes }
      : {
          hour: Math.floor(minutes / 60),
          ...(minutes % 60 > 0 && { minute: minutes % 60 }),
        },
    style,
  );
}

const units = kept((unitDisplay: UnitStyle) =>
  kept((unit: string) => new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay })),
);

function formatUnits(
  parts: { hour?: number; minute?: number; second?: number },
  style: UnitStyle = 'short',
): string {
  return Object.entries(parts)
    .map(([unit, value]) => units(style)(unit).format(value))
    .join(' ');
}

const ages = kept(
  (style: Intl.RelativeTimeFormatStyle) => new Intl.RelativeTimeFormat(language(), { style }),
);
const dates = kept(
  (style: 'medium' | 'full') =>
    new Intl.DateTimeFormat(language(), {
      dateStyle: style,
      ...(style === 'full' && { timeStyle: 'short' }),
    }),
);

const STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** `2 h ago`; a date when it is more than a month. */
export function formatAge(time: number, now: number = Date.now()): string {
  const seconds = Math.round((now - time) / 1000);
  if (seconds > 30 * 86_400) return formatDate(time, 'medium');
  const step = STEPS.find((step) => seconds >= step.seconds);
  if (!step) return t('justNow');
  return ages('short').format(-Math.floor(seconds / step.seconds), step.unit);
}

export function formatDate(time: number, style: 'medium' | 'full'): string {
  return dates(style).format(time);
}

/** An address as people read it, without the protocol. */
export function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
