import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

interface FloatingWindow {
  id: string;
  width: number;
  height: number;
}

/**
 * A virtual X display, one for each worker of the runner, so that parallel tests share neither
 * focus nor pointer nor clipboard. Every X program gets a time limit: xwininfo without a valid id
 * waits for a click for ever.
 */
export class Display {
  readonly name: string;
  readonly #server: ChildProcess;

  private constructor(name: string, server: ChildProcess) {
    this.name = name;
    this.#server = server;
  }

  static async start(): Promise<Display> {
    const server = spawn(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [number] = await Promise.race([
      once(server.stdout, 'data'),
      once(server, 'exit').then(() => {
        throw new Error('Xvfb did not start; is the package xvfb installed?');
      }),
    ]);
    return new Display(`:${String(number).trim()}`, server);
  }

  stop(): void {
    this.#server.kill();
  }

  run(command: string, ...args: string[]): string {
    return execFileSync(command, args, {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DISPLAY: this.name },
    });
  }

  /** Types into whatever has the focus, native menus included. */
  async keys(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.run('xdotool', 'key', key);
      await sleep(90);
    }
  }

  /** Takes a picture of the whole screen, menus included. */
  shot(file: string): string {
    this.run('import', '-window', 'root', file);
    return file;
  }

  /** Empty while nobody has put anything there, which xclip calls a failure. */
  clipboard(): string {
    try {
      return this.run('xclip', '-selection', 'clipboard', '-o');
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 1) return '';
      throw error;
    }
  }

  /** Opens a native menu and chooses from it by a key. */
  async chooseFromMenu(open: () => Promise<unknown>, key: string, shot?: string): Promise<void> {
    const before = this.floating().length;
    await open();
    await this.until(() => this.floating().length > before);
    if (shot) this.shot(shot);
    // The menu takes keys a moment after it is shown; one that comes before is lost.
    let pressed = 0;
    await this.until(() => {
      if (this.floating().length === before) return true;
      if (Date.now() - pressed > 2_000) {
        this.run('xdotool', 'key', key);
        pressed = Date.now();
      }
      return false;
    });
  }

  /** Menus and prompts: visible windows that no window manager touches. */
  floating(): FloatingWindow[] {
    const line = /^\s+(0x[0-9a-f]+) .*?\s(\d+)x(\d+)[+-]\S+\s+[+-]-?\d+[+-]-?\d+$/;
    return this.run('xwininfo', '-root', '-children')
      .split('\n')
      .flatMap((text) => {
        const [, id, width, height] = line.exec(text) ?? [];
        return id ? [{ id, width: Number(width), height: Number(height) }] : [];
      })
      .filter(({ width, height }) => width > 60 && height > 30)
      .filter(({ id }) => {
        try {
          const facts = this.run('xwininfo', '-id', id, '-all');
          return /Map State: IsViewable/.test(facts) && /Override Redirect State: yes/.test(facts);
        } catch {
          // It has closed since the list was made.
          return false;
        }
      });
  }

  async until(probe: () => boolean, milliseconds = 10_000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!probe()) {
      if (Date.now() > end) throw new Error('The desktop did not change in time.');
      await sleep(50);
    }
  }
}
