import { describe, expect, it } from 'vitest';
import { createRoom } from '../../../../src/extension/background/room.ts';

const anna = { server: 'http://ge.test', email: 'anna@example.com' };

/** @param news what the service says when it is asked again; `undefined`: it does not answer. */
function roomOf(known: { used: number; limit: number } | undefined, news = known) {
  let storage = known;
  return createRoom({
    storage: () => storage,
    async refresh() {
      if (!news) throw new Error('no answer');
      storage = news;
    },
  });
}

describe('a file that is too large', () => {
  it('is one that an empty account could not take either', async () => {
    const room = roomOf({ used: 0, limit: 200 });
    expect(await room.tooLarge(201, anna)).toEqual({ limit: 200 });
    expect(await room.tooLarge(200, anna)).toBeUndefined();
  });

  it('is one that is refused although there is room by new figures', async () => {
    expect(await roomOf({ used: 0, limit: 200 }).tooLarge(100, anna, true)).toEqual({});
    const filled = roomOf({ used: 0, limit: 200 }, { used: 150, limit: 200 });
    expect(await filled.tooLarge(100, anna, true)).toBeUndefined();
  });

  it('is nothing that is said where nobody can tell', async () => {
    expect(await roomOf(undefined).tooLarge(100, anna, true)).toBeUndefined();
    const silent = createRoom({
      storage: () => ({ used: 0, limit: 200 }),
      refresh: () => Promise.reject(new Error('no answer')),
    });
    expect(await silent.tooLarge(100, anna, true)).toBeUndefined();
  });
});
