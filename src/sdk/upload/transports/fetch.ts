import type { Fetch } from '../../http/http.ts';
import type { Transport } from '../types.ts';
import { formOf } from './xhr.ts';

/** Service workers have no XMLHttpRequest: the Blob itself, without progress. */
export function fetchTransport(fetch: Fetch): Transport {
  return {
    reportsProgress: false,
    async send({ method, url, body, signal }) {
      const answer = await fetch(url, {
        method,
        body: method === 'post' ? await formOf(body) : await body.blob(),
        credentials: 'omit',
        redirect: 'error',
        signal,
      });
      return {
        status: answer.status,
        text: await answer.text(),
        retryAfter: answer.headers.get('retry-after'),
      };
    },
  };
}
