import type { Body, Transport, TransportRequest } from '../types.ts';

/** What a browser sends: bytes, or the form of a POST, whose part may have any name (spec section 5.2). */
export async function contentOf(
  method: TransportRequest['method'],
  body: Body | undefined,
): Promise<Blob | FormData | null> {
  if (!body) return null;
  if (method !== 'post') return body.blob();
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
    async send({ method, url, headers = {}, body, signal, onSent, onFinishing }) {
      const content = await contentOf(method, body);
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
          const around = body?.size === undefined ? 0 : Math.max(0, total - body.size);
          onSent(Math.max(0, loaded - around));
        });
        xhr.upload.addEventListener('load', onFinishing);
        xhr.addEventListener('error', () => reject(new Error('XMLHttpRequest failed')));
        xhr.addEventListener('load', () =>
          resolve({
            status: xhr.status,
            text: xhr.responseText,
            header: (name) => xhr.getResponseHeader(name),
          }),
        );
        // `patch` is the one method whose name is not put into capitals.
        // https://fetch.spec.whatwg.org/#concept-method-normalize
        xhr.open(method.toUpperCase(), url);
        for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
        xhr.send(content);
      });
    },
  };
}
