// Tells on stderr, at the end, from which ports of its clients the process has accepted connections.
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';

const ports = [];
subscribe('net.server.socket', ({ socket }) => ports.push(socket.remotePort));
process.on('exit', () => writeSync(2, `accepted: ${JSON.stringify(ports)}\n`));
