import type { UploadHost } from '../jobs/host.ts';
import { caller } from '../platform/messages.ts';
import { closeOffscreen, offscreenIsOpen, openOffscreen } from '../platform/offscreen.ts';
import type { HostCalls } from './calls.ts';

/** The host of uploads, and what else needs a document. */
export interface DocumentHost extends UploadHost {
  /** A small picture as a data URL; `undefined` when the bytes are no picture. */
  preview: (bytes: Blob) => Promise<string | undefined>;
  copy: (text: string) => Promise<void>;
  /** Nothing is left to do: the document may go. */
  rest: () => Promise<void>;
}

/** Chromium: the offscreen document, opened when it is needed. */
export function offscreenHost(): DocumentHost {
  const remote = caller<HostCalls>('host');
  let calls = 0;
  const call: typeof remote = async (name, input) => {
    calls += 1;
    try {
      await openOffscreen();
      return await remote(name, input);
    } finally {
      calls -= 1;
    }
  };
  return {
    hold: (id, bytes) => call('hold', { id, bytes }),
    drop: (id) => call('drop', { id }),
    send: (id, target) => call('send', { id, target }),
    stop: (id) => call('stop', { id }),
    async status() {
      return (await offscreenIsOpen()) ? call('status', null) : { held: [], running: [] };
    },
    preview: async (bytes) => (await call('preview', { bytes })) ?? undefined,
    copy: (text) => call('copy', { text }),
    async rest() {
      if (calls === 0) await closeOffscreen();
    },
  };
}
