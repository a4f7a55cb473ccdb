import type { Body, Transport, TransportRequest } from '../types.ts';

/** The form that a POST carries; the name of its part does not matter (spec section 5.2). */
export async function formOf(body: Body): Promise<FormData> {
  const form = new FormData();
  form.append('file', await body.blob(), body.name);
  return form;
}

/**
 * XMLHttpRequest is the only way to real upload progress in browsers: `fetch` has none, and a
 * stream as its body fails over HTTP/1.1 in Chromium and sends its text form in Firefox.
 * https://github.com/whatwg/fetch/issues/607
 */
export function xhrTransport(Xhr: typeof XMLHttpRequest): Transport {
  return {
    reportsProgress: true,
    async send({ method, url, body, signal, onSent, onFinishing }: TransportRequest) {
      const content = method === 'post' ? await formOf(body) : await body.blob();
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const xhr = new Xhr();
        const abort = () => {
          xhr.abort();
          reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        xhr.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
        xhr.upload.addEventListener('progress', ({ loaded, total }) => {
          const around = body.size === undefined ? 0 : Math.max(0, total - body.size);
          onSent(Math.max(0, loaded - around));
        });
        xhr.upload.addEventListener('load', onFinishing);
        xhr.addEventListener('error', () => reject(new Error('XMLHttpRequest failed')));
        xhr.addEventListener('load', () =>
          resolve({
            status: xhr.status,
            text: xhr.responseText,
            // Browsers complain on the console about a header that CORS does not expose.
            retryAfter: xhr.status === 200 ? null : xhr.getResponseHeader('retry-after'),
          }),
        );
        xhr.open(method, url);
        xhr.send(content);
      });
    },
  };
}
