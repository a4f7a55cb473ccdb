/**
 * A file that is read no further once the signal ends. Node reads the whole body of a request that
 * has failed, to throw it away; it reads by `stream()`. Other platforms stop by themselves, and do
 * not look at this method.
 *
 * @param stop ends the reading; the stream fails with its reason
 */
export function stoppable(source: Blob, name: string, stop: AbortSignal): File {
  const file = new File([source], name, { type: source.type });
  const stream = (): ReadableStream<Uint8Array> => {
    const reader = source.stream().getReader();
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (stop.aborted) {
          await reader.cancel(stop.reason);
          throw stop.reason;
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };
  return Object.defineProperty(file, 'stream', { value: stream });
}
