import type { Fetch } from '../../http/http.ts';
import type { Transport } from '../types.ts';
import { answerOf } from './stream.ts';
import { contentOf } from './xhr.ts';

/** Service workers have no XMLHttpRequest: the Blob itself, without progress. */
export function fetchTransport(fetch: Fetch): Transport {
  return {
    reportsProgress: false,
    async send({ method, url, headers = {}, body, signal }) {
      const answer = await fetch(url, {
        method: method.toUpperCase(),
        headers,
        body: await contentOf(method, body),
        credentials: 'omit',
        redirect: 'error',
        signal,
      });
      return answerOf(answer);
    },
  };
}
