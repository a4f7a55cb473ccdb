import { abortable } from '../../http/abort.ts';
import type { Transport, TransportAnswer, TransportRequest } from '../types.ts';

/** What a browser sends: bytes, or the form of a POST, whose part may have any name (spec section 5.2). */
export async function contentOf({
  method,
  body,
}: Pick<TransportRequest, 'method' | 'body'>): Promise<Blob | FormData | null> {
  const blob = await body?.blob();
  if (!body || !blob || method !== 'POST') return blob ?? null;
  const form = new FormData();
  form.append('file', blob, body.name);
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
    async send(request) {
      const { method, url, headers = {}, body, signal, onSent, onFinishing } = request;
      const content = await contentOf(request);
      signal.throwIfAborted();
      const xhr = new Xhr();
      const answer = new Promise<TransportAnswer>((resolve, reject) => {
        xhr.upload.addEventListener('progress', ({ loaded, total }) =>
          onSent(Math.max(0, loaded - Math.max(0, total - (body?.size ?? total)))),
        );
        xhr.upload.addEventListener('load', onFinishing);
        xhr.addEventListener('error', () => reject(new Error('XMLHttpRequest failed')));
        xhr.addEventListener('load', () =>
          resolve({
            status: xhr.status,
            text: xhr.responseText,
            header: (name) => xhr.getResponseHeader(name),
          }),
        );
        xhr.open(method, url);
        for (const name in headers) xhr.setRequestHeader(name, headers[name] ?? '');
        xhr.send(content);
      });
      return abortable(answer, signal).catch((error: unknown) => {
        xhr.abort();
        throw error;
      });
    },
  };
}
