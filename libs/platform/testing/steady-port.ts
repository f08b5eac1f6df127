import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that Linux and macOS give to outgoing connections: nobody takes one while its process is replaced. */
const FIRST_PORT = 15_000;
const LAST_PORT = 31_000;
/** Suites that run at once choose from different ports: one that is free now may be another's a moment later. */
const SHARES = 8;
const PORTS_OF_SHARE = (LAST_PORT - FIRST_PORT) / SHARES;
const TRIES_MAX = 100;

const given = new Set<number>();

/** A port of 127.0.0.1 that stays free between two processes that listen to it, one after the other. */
export async function steadyPort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = firstPortOfShare() + randomInt(PORTS_OF_SHARE);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`No free port between ${FIRST_PORT} and ${LAST_PORT}.`);
}

/** Jest numbers its workers from 1. */
const firstPortOfShare = (): number =>
  FIRST_PORT + (Number(process.env['JEST_WORKER_ID'] ?? 0) % SHARES) * PORTS_OF_SHARE;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
