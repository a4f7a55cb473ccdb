import { createLogUpdate } from 'log-update';
import prettyBytes from 'pretty-bytes';
import { clean } from './output.ts';

/** What a bar shows. */
export interface BarState {
  label: string;
  sent: number;
  total: number | undefined;
  /** Bytes a second. */
  speed: number;
  /** Milliseconds. */
  timeLeft?: number | undefined;
}

/** A bar on one line of a terminal. */
export interface Bar {
  show(state: BarState): void;
  /** Makes room for other lines; the next `show` draws it again. */
  clear(): void;
  /** Takes it away for good. */
  end(): void;
}

const CELLS = 24;
const LABEL = 24;
const EVERY_MS = 100;

/** A progress bar on standard error, or nothing where that is no terminal. */
export function createBar(terminal: NodeJS.WriteStream = process.stderr): Bar {
  if (!terminal.isTTY || !terminal.columns)
    return { show: () => {}, clear: () => {}, end: () => {} };
  const draw = createLogUpdate(terminal);
  let drawn: number | undefined;
  let ended = false;
  const clear = () => {
    if (drawn === undefined) return;
    drawn = undefined;
    draw.clear();
    draw.done();
  };
  return {
    clear,
    show(state) {
      const now = performance.now();
      if (ended || (drawn !== undefined && now - drawn < EVERY_MS)) return;
      drawn = now;
      draw(barLine(state, terminal.columns));
    },
    end() {
      ended = true;
      clear();
    },
  };
}

/** The line itself; what does not fit into the terminal's width is left out, the least first. */
export function barLine(state: BarState, columns = 80): string {
  const { label, sent, total, speed, timeLeft } = state;
  const parts = [shorten(clean(label), LABEL)];
  if (total === undefined) parts.push(prettyBytes(sent));
  else {
    const share = total === 0 ? 1 : Math.min(1, sent / total);
    const full = Math.round(share * CELLS);
    parts.push('█'.repeat(full) + '░'.repeat(CELLS - full));
    parts.push(`${Math.floor(share * 100)} %`.padStart(5));
    parts.push(`${prettyBytes(sent)} of ${prettyBytes(total)}`);
  }
  if (speed > 0) parts.push(`${prettyBytes(speed)}/s`);
  if (timeLeft !== undefined && speed > 0) parts.push(`${duration(timeLeft)} left`);
  while (parts.length > 1 && parts.join('  ').length >= columns) parts.pop();
  return parts.join('  ');
}

function shorten(text: string, width: number): string {
  const letters = Array.from(text);
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join('')}…`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}
