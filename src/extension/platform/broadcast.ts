/**
 * News from one context to every other that happens to run. Nobody is woken by it, and nobody
 * answers. https://developer.mozilla.org/docs/Web/API/BroadcastChannel
 */
export interface Broadcast<T> {
  send: (news: T) => void;
  listen: (listener: (news: T) => void) => void;
}

export function openBroadcast<T>(name: string): Broadcast<T> {
  const channel = new BroadcastChannel(name);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    send: (news) => channel.postMessage(news),
    listen(listener) {
      channel.addEventListener('message', ({ data }: MessageEvent<T>) => listener(data));
    },
  };
}
