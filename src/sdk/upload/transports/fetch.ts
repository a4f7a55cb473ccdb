import type { Fetch } from '../../http/http.ts';
import type { Transport, TransportAnswer } from '../types.ts';
import { contentOf } from './xhr.ts';

/** Service workers have no XMLHttpRequest: the Blob itself, without progress. */
export function fetchTransport(fetch: Fetch): Transport {
  return {
    reportsProgress: false,
    async send(request) {
      const { method, url, headers = {}, signal } = request;
      const body = await contentOf(request);
      return answerOf(
        await fetch(url, {
          method,
          headers,
          body,
          credentials: 'omit',
          redirect: 'error',
          signal,
        }),
      );
    },
  };
}

export async function answerOf(answer: Response): Promise<TransportAnswer> {
  const { status, headers } = answer;
  return { status, text: await answer.text(), header: (name) => headers.get(name) };
}
