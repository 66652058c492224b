import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import test from 'node:test';
import { checkPorts, freePort } from './ports.mjs';

const wanted = (port, over = {}) => [
  { what: 'the portal', port, variable: 'DEMO_PORT', ...over },
];

test('lets free ports pass', async () => {
  await checkPorts(wanted(await freePort(), { udp: true }));
});

test('names a port in use, who needs it and what to do', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  try {
    await assert.rejects(checkPorts(wanted(port)), error => {
      assert.match(error.message, new RegExp(`Port ${port} is in use`));
      assert.match(error.message, /the portal needs it/);
      assert.match(error.message, /DEMO_PORT=\d+ npm start/);
      return true;
    });
  } finally {
    server.close();
  }
});

test('sees a port that only UDP uses', async () => {
  const socket = createSocket('udp4');
  await new Promise(resolve => socket.bind(0, '127.0.0.1', resolve));
  try {
    const { port } = socket.address();
    await assert.rejects(checkPorts(wanted(port, { udp: true })), /in use/);
    await checkPorts(wanted(port));
  } finally {
    socket.close();
  }
});

test('refuses what is not a port', async () => {
  await assert.rejects(
    checkPorts(wanted(Number('x'))),
    /DEMO_PORT is not a port/,
  );
});
