const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in decimal units, as systems count them: `1.4 MB`. */
export function formatBytes(bytes: number): string {
  // From 999.5 on a number is rounded to 1,000, which is one of the next unit.
  const power = Math.max(0, Math.min(4, Math.floor(Math.log10(bytes / 0.9995) / 3)));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

export function formatCount(count: number, one: string, many: string): string {
  return `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`;
}

/** `21 November 2026`, in UTC: the visitor's clock is unknown to the server. */
export function formatDate(unixSeconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    unixSeconds * 1000,
  );
}

/** Rounded, so that it does not count seconds: `a few seconds`, `3 min`, `1 h 20 min`. */
export function formatTimeLeft(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (milliseconds < 15_000) return 'a few seconds left';
  if (minutes < 1) return 'less than a minute left';
  if (minutes < 60) return `${minutes} min left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
