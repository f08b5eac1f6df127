import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Refusal } from '../process/refusal.ts';

/**
 * Below the ports that Linux and macOS give to outgoing connections: while the server is down, nobody takes its port, not
 * even a client that tries to connect to it and would meet itself.
 */
const STEADY_PORTS = { first: 15_000, end: 31_000 };
const STEADY_TRIES = 20;
const HOST = '127.0.0.1';

/** Whether nobody listens there now; 0 asks the system for a free port. Null when the port is taken or not allowed. */
export async function listenablePort(port: number, host: string): Promise<number | null> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : null;
  } catch {
    return null;
  } finally {
    server.close();
  }
}

/**
 * A free port of 127.0.0.1 that no outgoing connection takes, if there is one.
 * @param others ports that somebody is about to listen to
 * @throws Refusal when nothing is free
 */
export async function steadyPort(others: ReadonlySet<number> = new Set()): Promise<number> {
  for (let tries = 0; tries < STEADY_TRIES; tries++) {
    const port = randomInt(STEADY_PORTS.first, STEADY_PORTS.end);
    if (!others.has(port) && (await listenablePort(port, HOST)) !== null) return port;
  }
  const port = await listenablePort(0, HOST);
  if (port === null) throw new Refusal(`No free port on ${HOST}.`);
  return port;
}
