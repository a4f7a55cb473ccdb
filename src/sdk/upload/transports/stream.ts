import { SourceChangedError } from '../../http/call-errors.ts';
import type { Fetch } from '../../http/http.ts';
import { redactUrl } from '../../http/redact.ts';
import type { Body, Transport } from '../types.ts';
import { chunksOf } from './chunks.ts';
import { answerOf } from './fetch.ts';

interface Frame {
  head: Uint8Array<ArrayBuffer>;
  tail: Uint8Array<ArrayBuffer>;
  type: string;
}

/**
 * Servers' runtimes: `fetch` with a body that is counted as it is read, and the exact length said
 * beforehand. `redirect: 'error'` keeps Node before 26 from holding a second copy of the body.
 */
export function streamTransport(fetch: Fetch): Transport {
  return {
    reportsProgress: true,
    async send({ method, url, headers: given = {}, body, signal, onSent, onFinishing }) {
      const init = { method, redirect: 'error', signal } as const;
      if (!body) return answerOf(await fetch(url, { ...init, headers: given }));
      const { head, tail, type } = method === 'POST' ? multipartFrame(body) : bareFrame(body);
      async function* content(body: Body) {
        const { size } = body;
        let count = 0;
        if (head.length > 0) yield head;
        for await (const chunk of chunksOf(body)) {
          count += chunk.length;
          if (size !== undefined && count > size) break;
          yield chunk;
          onSent(count);
        }
        if (size !== undefined && count !== size) {
          throw new SourceChangedError('The file has changed since it was chosen.', {
            url: redactUrl(url),
          });
        }
        if (tail.length > 0) yield tail;
        onFinishing();
      }
      const headers = new Headers({ 'content-type': type, ...given });
      if (body.size !== undefined) {
        headers.set('content-length', String(head.length + body.size + tail.length));
      }
      const source = streamOf(content(body));
      try {
        const streaming = { body: source.stream, duplex: 'half', headers };
        return await answerOf(await fetch(url, Object.assign(streaming, init)));
      } catch (error) {
        throw source.stop(error);
      }
    },
  };
}

/** A stream, and the way to end it, which tells why reading failed: `fetch` only says that it did. */
function streamOf(chunks: AsyncGenerator<Uint8Array>) {
  let failure: unknown;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        // Node reads the whole body of a request that has failed, to throw it away.
        if (failure !== undefined) {
          await chunks.return(undefined);
          throw failure;
        }
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        failure = error;
        throw error;
      }
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  return { stream, stop: (error: unknown) => (failure ??= error) };
}

const none = new Uint8Array(0);

function bareFrame({ type }: Body): Frame {
  return { head: none, tail: none, type };
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function multipartFrame({ name, type }: Body): Frame {
  const boundary = `gett-${crypto.randomUUID()}`;
  const escaped = name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
  const head =
    `--${boundary}\r\n` +
    `Content-Disposition: form-data; name="file"; filename="${escaped}"\r\n` +
    `Content-Type: ${type}\r\n\r\n`;
  const utf8 = new TextEncoder();
  return {
    head: utf8.encode(head),
    tail: utf8.encode(`\r\n--${boundary}--\r\n`),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}
