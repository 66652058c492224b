import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below what Linux and macOS hand to outgoing connections, so that a port can be left and taken again. */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;

const taken = new Set<number>();

/**
 * A loopback port that nothing listens on, neither TCP nor UDP, and that this function has not
 * given away before.
 *
 * @throws Error when none is free.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const range = LAST_PORT - FIRST_PORT + 1;
    const port = FIRST_PORT + Math.floor(Math.random() * range);
    if (taken.has(port)) continue;
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) {
      taken.add(port);
      return port;
    }
  }
  throw new Error(`no port from ${FIRST_PORT} to ${LAST_PORT} is free`);
}

function isFreeForTcp(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isFreeForUdp(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
