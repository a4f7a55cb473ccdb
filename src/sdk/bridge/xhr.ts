/** What {@link fetchByXhr} needs of a request; the same object as `fetch` takes. */
interface FormInit {
  method: string;
  headers: Record<string, string>;
  body: FormData;
  signal: AbortSignal;
}

/**
 * `fetch` by XMLHttpRequest, which alone tells browsers' upload progress.
 * https://github.com/whatwg/fetch/issues/607
 *
 * @param onSent bytes of the body, with the frame around the file, that have left
 */
export function fetchByXhr(
  Xhr: typeof XMLHttpRequest,
  url: string,
  { method, headers, body, signal }: FormInit,
  onSent: (sent: number, total: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new Xhr();
    const abort = (): void => {
      xhr.abort();
      reject(signal.reason);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    xhr.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    xhr.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded, total));
    xhr.addEventListener('error', () => reject(new TypeError('XMLHttpRequest failed')));
    xhr.addEventListener('load', () =>
      resolve(new Response(xhr.responseText || null, { status: xhr.status })),
    );
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.send(body);
  });
}
