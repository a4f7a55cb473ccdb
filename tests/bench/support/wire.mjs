/**
 * A client for ingest that costs next to nothing: it shares the cores with the server, and with a
 * full HTTP client half of what is measured would be the client.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * @typedef {object} Message
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string | number>} [headers]
 * @property {Buffer} chunk
 * @property {number} [times] how often the chunk makes up the body; default once
 */

/** One connection that is kept, with one exchange at a time. */
export class Wire {
  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket;
  }

  /** @param {string} origin */
  static async to(origin) {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new Wire(socket.setEncoding('latin1'));
  }

  /** Sends a request and gives the head of a successful answer. @param {Message} message */
  async send({ method, url, headers = {}, chunk, times = 1 }) {
    const { host, pathname, search } = new URL(url);
    const fields = Object.entries({ host, ...headers, 'content-length': chunk.length * times });
    const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const answered = this.#answer();
    this.socket.cork();
    this.socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${head}\r\n`);
    let room = this.socket.write(chunk);
    this.socket.uncork();
    for (let left = times - 1; left > 0; left--) {
      if (!room) await Promise.race([once(this.socket, 'drain'), answered]);
      room = this.socket.write(chunk);
    }
    return answered;
  }

  /** @returns {Promise<string>} */
  #answer() {
    return new Promise((resolve, reject) => {
      let text = '';
      const done = (/** @type {Error | undefined} */ error) => {
        this.socket.off('data', onData).off('close', onClose);
        if (error) reject(error);
        else resolve(text);
      };
      const onData = (/** @type {string} */ data) => {
        text += data;
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /^content-length: *(\d+)/im.exec(text)?.[1] ?? '0';
        if (text.length < end + 4 + Number(length)) return;
        done(text.startsWith('HTTP/1.1 2') ? undefined : new Error(text));
      };
      const onClose = () => done(new Error('the server has closed the connection'));
      this.socket.on('data', onData).once('close', onClose);
    });
  }

  close() {
    this.socket.destroy();
  }
}

/** @param {string} origin @param {number} count */
export const wires = (origin, count) =>
  Promise.all(Array.from({ length: count }, () => Wire.to(origin)));

/**
 * Does something for each item, one at a time on each connection.
 * @template T
 * @param {readonly Wire[]} connections
 * @param {Iterable<T>} items
 * @param {(wire: Wire, item: T) => Promise<unknown>} work
 */
export async function spread(connections, items, work) {
  const queue = [...items].toReversed();
  const worker = async (/** @type {Wire} */ wire) => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(wire, item);
  };
  await Promise.all(connections.map(worker));
}

/** @param {readonly Wire[]} connections */
export function closeAll(connections) {
  for (const wire of connections) wire.close();
}
