/** A page that nobody sees paints nothing; it does not wait longer than this, in milliseconds. */
const LATEST = 300;

/** Resolves once the first frame is on its way to the screen. */
export function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LATEST);
    // What is posted while a frame is made is delivered after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve());
    port1.start();
    requestAnimationFrame(() => port2.postMessage(null));
  });
}
