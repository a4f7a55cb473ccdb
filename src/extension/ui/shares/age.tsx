import { formatAge, formatDate } from '../format.ts';

interface AgeProps {
  /** Unix milliseconds. */
  time: number;
  /** Somebody points at it, or has the focus there: then it is told exactly. */
  near: boolean;
}

/** How long ago; the moment itself while somebody is near. */
export function Age({ time, near }: AgeProps) {
  return (
    <time
      class="age"
      dateTime={new Date(time).toISOString()}
      {...(near && { 'data-exactly': formatDate(time, 'full') })}
    >
      <bdi>{formatAge(time)}</bdi>
    </time>
  );
}
