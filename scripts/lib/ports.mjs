import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { Problem } from './Problem.mjs';

const HOST = '127.0.0.1';

async function isFreeForTcp(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

async function isFreeForUdp(port) {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', error => {
      socket.close();
      if (error.code === 'EADDRINUSE') {
        resolve(false);
      } else {
        reject(error);
      }
    });
    socket.bind(port, HOST, () => socket.close(() => resolve(true)));
  });
}

/** A port that nothing uses now. */
export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Makes sure that the demo's ports are free.
 *
 * @param wanted - `{ what, port, variable, udp? }` each
 * @throws Problem that names the port and what to do
 */
export async function checkPorts(wanted) {
  for (const { what, port, variable, udp } of wanted) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Problem(`${variable} is not a port: enter 1 to 65535.`);
    }
    const isFree =
      (await isFreeForTcp(port)) && (!udp || (await isFreeForUdp(port)));
    if (!isFree) {
      throw new Problem(
        `Port ${port} is in use, and ${what} needs it. Does the demo run already, in another terminal?\n` +
          `Stop what uses the port ("lsof -i :${port}" names it), or choose another one:\n\n` +
          `  ${variable}=${port + 100} npm start`,
      );
    }
  }
}
