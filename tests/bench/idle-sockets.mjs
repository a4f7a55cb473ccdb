/** What a Live connection that waits costs: memory, and processor time for its pings. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startGett } from './support/gett.mjs';
import { forEach } from './support/http.mjs';
import { startBareSockets } from './support/peers.mjs';

/** As many as one user's share of open files lets a process have on most systems. */
const CONNECTIONS = 5_000;
/** Every connection is pinged once in this time; milliseconds. */
const IDLE = 65_000;
/** Ticks of processor time in a second, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS = 100;

/** Kilobytes in memory and seconds on a processor. @param {number} pid */
async function costs(pid) {
  const [status, stat] = await Promise.all(
    ['status', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
  );
  const memory = Number(/^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1]);
  const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
  return { memory, time: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

/**
 * @param {{ origin: string, pid: number }} server
 * @param {(index: number) => string | undefined} greeting what a new connection says
 */
async function measure({ origin, pid }, greeting) {
  const before = await costs(pid);
  const sockets = /** @type {WebSocket[]} */ ([]);
  const indexes = Array.from({ length: CONNECTIONS }, (_, index) => index);
  await forEach(indexes, 50, async (index) => {
    const socket = new WebSocket(origin.replace('http', 'ws'), { perMessageDeflate: false });
    socket.on('error', () => undefined);
    socket.on('message', (/** @type {Buffer} */ data) => {
      if (data.toString() === 'ping') socket.send('pong');
    });
    await once(socket, 'open');
    const text = greeting(index);
    if (text) socket.send(text);
    sockets.push(socket);
  });
  await delay(2_000);
  const start = await costs(pid);
  await delay(IDLE);
  const end = await costs(pid);
  const lost = sockets.filter((socket) => socket.readyState !== WebSocket.OPEN).length;
  if (lost > 0) throw new Error(`${lost} of ${CONNECTIONS} connections were closed`);
  for (const socket of sockets) socket.terminate();
  return {
    memory: (end.memory - before.memory) / CONNECTIONS,
    time: ((end.time - start.time) / (IDLE / 60_000) / CONNECTIONS) * 1e6,
  };
}

/** @returns {Promise<import('./support/figures.mjs').Figure[]>} */
export async function idleSockets() {
  const gett = await startGett();
  const bare = await startBareSockets();
  try {
    const people = await gett.people(Math.ceil(CONNECTIONS / 100));
    const peer = await measure(bare, () => undefined);
    const ours = await measure(gett, (index) =>
      JSON.stringify({
        type: 'connect',
        accesstoken: people[index % people.length],
        session: `session-${index}`,
      }),
    );
    /** @param {string} measure @param {string} unit @param {'memory' | 'time'} key */
    const figure = (measure, unit, key) => ({
      measure: `${measure}, ${CONNECTIONS} idle`,
      unit,
      ours: ours[key],
      peer: { name: 'bare ws, no pings', figure: peer[key] },
      rounds: { ours: [ours[key]], peer: [peer[key]] },
    });
    return [
      figure('memory of a Live connection', 'kB', 'memory'),
      figure('processor time of a Live connection', 'µs/min', 'time'),
    ];
  } finally {
    await Promise.all([gett.stop(), bare.stop()]);
  }
}
