/** One HTTP client for all servers, so that its own cost is the same on both sides. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** @typedef {import('node:http').IncomingMessage} Response */
/** @typedef {import('node:http').ClientRequest} Request */
/** @typedef {{ method?: string, headers?: import('node:http').OutgoingHttpHeaders, agent?: Agent }} Options */

/** Connections that stay open. @param {number} connections */
export const keepAlive = (connections) => new Agent({ keepAlive: true, maxSockets: connections });

/** @param {Request} sent @returns {Promise<Response>} */
export async function responseTo(sent) {
  const [response] = await once(sent, 'response');
  return response;
}

/**
 * One exchange with a small body or none.
 * @param {string} url
 * @param {Options & { body?: string | Buffer }} [options]
 */
export async function exchange(url, { body = '', headers = {}, ...options } = {}) {
  const length = { 'content-length': Buffer.byteLength(body) };
  const sent = request(url, { ...options, headers: { ...length, ...headers } });
  const answered = responseTo(sent);
  sent.end(body);
  const response = await answered;
  const answer = await text(response);
  const { statusCode: status = 0, headers: received } = response;
  if (status >= 400) throw new Error(`${options.method} ${url}: ${status} ${answer}`);
  return { headers: received, text: answer };
}

/**
 * Begins an upload and waits for leave to send the body.
 * @param {string} url
 * @param {number} size
 * @param {Options} [options]
 */
export async function beginUpload(url, size, { method = 'PUT', headers = {}, ...options } = {}) {
  const declared = { 'content-length': size, expect: '100-continue' };
  const sent = request(url, { ...options, method, headers: { ...declared, ...headers } });
  // Some servers answer before the body has come; and an upload may be given up.
  const answered = responseTo(sent);
  answered.catch(() => undefined);
  sent.flushHeaders();
  await once(sent, 'continue');
  return { sent, answered };
}

/**
 * Sends the same chunk again and again, ends the body, and waits for the answer.
 * @param {Awaited<ReturnType<typeof beginUpload>>} upload
 * @param {Buffer} chunk
 * @param {number} times
 */
export async function finishUpload({ sent, answered }, chunk, times) {
  for (let left = times; left > 0; left--) {
    if (!sent.write(chunk)) await once(sent, 'drain');
  }
  sent.end();
  const response = await answered;
  if ((response.statusCode ?? 0) >= 400) throw new Error(`upload: ${response.statusCode}`);
  await text(response);
}

/** Milliseconds that something takes. @param {() => Promise<unknown>} work */
export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Does something for each item, so many at a time.
 * @template T
 * @param {Iterable<T>} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<unknown>} work
 */
export async function forEach(items, atOnce, work) {
  const queue = [...items].toReversed();
  const worker = async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
