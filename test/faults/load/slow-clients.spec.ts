import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { requestBytes } from '../../system/support/request-bytes.js';
import { runningStore, type RunningStore } from '../../system/support/running-store.js';
import { SLACK_MS } from '#platform/testing';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';

const SLOW_CLIENTS = 200;
const HEADERS_TIMEOUT_MS = 2000;
const RECEIVE_TIMEOUT_MS = 3000;
/** Node looks for late connections once a second. */
const CHECK_INTERVAL_MS = 1000;
const TOLERANCE_MS = 4 * SLACK_MS;
const BYTE_INTERVAL_MS = 200;

const HEADERS = 'GET /v1/products HTTP/1.1\r\nhost: store.test\r\nx-slow: ';
/** Of somebody who may write: a stranger would be refused before the body. */
const BODY = requestBytes({ method: 'POST', path: '/v1/products', headers: { 'content-length': '60000' }, body: '{' });

/** Sends a beginning, and then a byte now and then, until the server has had enough. */
class SlowClient {
  private readonly startedAtMs = performance.now();
  private readonly socket: Socket;
  readonly closedAfterMs: Promise<number>;

  constructor(url: string, beginning: Buffer | string) {
    const { port, hostname } = new URL(url);
    this.socket = connect(Number(port), hostname, () => this.socket.write(beginning));
    this.socket.on('error', () => undefined).resume();
    const dribble = setInterval(() => this.socket.write('a'), BYTE_INTERVAL_MS);
    this.closedAfterMs = once(this.socket, 'close').then(() => {
      clearInterval(dribble);
      return performance.now() - this.startedAtMs;
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

describe.each([
  ['headers', HEADERS, HEADERS_TIMEOUT_MS],
  ['bodies', BODY, RECEIVE_TIMEOUT_MS],
])('%s that 200 clients send a byte at a time', (_what, beginning, timeoutMs) => {
  let running: RunningStore;
  let slow: SlowClient[] = [];

  beforeAll(async () => {
    running = await runningStore({
      seeded: true,
      env: {
        HTTP_HEADERS_TIMEOUT_MS: String(HEADERS_TIMEOUT_MS),
        HTTP_RECEIVE_TIMEOUT_MS: String(RECEIVE_TIMEOUT_MS),
      },
    });
  });
  afterEach(() => slow.forEach((client) => client.close()));
  afterAll(() => running.stop());

  it('are cut off in time, and delay nobody else', async () => {
    const load = OpenLoopLoad.start({
      url: running.store.url,
      request: { path: '/v1/products?limit=5' },
      ratePerSecond: 50,
      durationMs: timeoutMs + CHECK_INTERVAL_MS,
    });
    slow = Array.from({ length: SLOW_CLIENTS }, () => new SlowClient(running.store.url, beginning));
    const closedAfterMs = await Promise.all(slow.map((client) => client.closedAfterMs));
    const { byResult, p99Ms } = (await load.finished).summary();

    expect(Math.max(...closedAfterMs)).toBeLessThan(timeoutMs + CHECK_INTERVAL_MS + TOLERANCE_MS);
    expect(Object.keys(byResult)).toEqual(['200']);
    expect(p99Ms).toBeLessThan(2 * SLACK_MS);
  });
});
