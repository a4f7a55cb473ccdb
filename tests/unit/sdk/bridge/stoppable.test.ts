import { describe, expect, it } from 'vitest';
import { stoppable } from '../../../../src/sdk/bridge/stoppable.ts';

// Node gives each part as one chunk.
const parts = Array.from({ length: 20 }, () => new Uint8Array(50_000).fill(7));
const source = new Blob(parts, { type: 'image/png' });
const signal = new AbortController().signal;

describe('a file on its way', () => {
  it('is the one that was given, under its name', async () => {
    const file = stoppable(source, 'a "b".png', signal);
    expect(file).toMatchObject({ name: 'a "b".png', type: 'image/png', size: 1_000_000 });
    const read = new Uint8Array(await new Response(file.stream()).arrayBuffer());
    expect(Buffer.from(read).equals(Buffer.alloc(1_000_000, 7))).toBe(true);
  });

  it('is in a form as it is, so that its own stream is what is read', () => {
    const form = new FormData();
    const file = stoppable(source, 'a.png', signal);
    form.append('data', file);
    expect(form.get('data')).toBe(file);
  });

  it('is read no further when its upload has failed', async () => {
    const stop = new AbortController();
    const reader = stoppable(source, 'a.png', stop.signal).stream().getReader();
    const first = await reader.read();
    expect(first.value?.length).toBeLessThan(source.size);
    stop.abort(new Error('refused'));
    // What was asked for already may come.
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toThrow('refused');
  });
});
