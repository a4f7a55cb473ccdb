/**
 * Growing numbers for one account: milliseconds, at least one more than the last. The server
 * keeps the highest one it saw, for all keys of the account together, so clients that count in
 * other units lock each other out (spec section 2.2).
 */
export function millisecondNonce(now: () => number = Date.now): () => number {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    return last;
  };
}
