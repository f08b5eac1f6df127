import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeepAliveTraffic } from '../support/keep-alive-traffic.js';
import { refused } from '../support/refused.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const CLIENTS = 8;
/** Long enough for some thousand exchanges, and for a probe to see that the drain has begun. */
const DRAIN_DELAY_MS = 500;

describe('SIGTERM under keep-alive traffic', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;
  let traffic: KeepAliveTraffic;

  beforeAll(async () => {
    database = await storeDatabase();
  });

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { DRAIN_DELAY_MS: String(DRAIN_DELAY_MS), ...env },
      preload: ['tell-accepted.mjs'],
    });
    await store.ready();
    traffic = new KeepAliveTraffic(`${store.url}/v1/products`, CLIENTS);
    await traffic.answered(100);
  };
  beforeEach(() => start());

  afterEach(async () => {
    await traffic.stop();
    await store.stop();
  });

  afterAll(() => database.drop());

  it('asks no client to close its connection before', () => {
    const asked = traffic.answers.filter(({ connection }) => connection !== 'keep-alive');

    expect(asked).toEqual([]);
  });

  it('answers all through the drain, and asks each client to close its connection', async () => {
    store.signal('SIGTERM');
    await store.probed('/health/ready', 503);
    const drainedFromMs = performance.now();
    await traffic.answered(50);

    const duringDrain = traffic.answersSince(drainedFromMs);
    expect(duringDrain.filter(({ status, connection }) => status !== 200 || connection !== 'close')).toEqual([]);
  });

  it('keeps the connections of a trusted proxy until it takes no new ones, and then asks it to close them', async () => {
    await traffic.stop();
    await store.stop();
    await start({ TRUST_PROXY: '127.0.0.1' });
    store.signal('SIGTERM');
    await store.probed('/health/ready', 503);
    const drainedFromMs = performance.now();
    await traffic.answered(50);
    const duringDrain = traffic.answersSince(drainedFromMs).slice(0, 50);
    await traffic.refusedOrStopped();

    expect(duringDrain.filter(({ status, connection }) => status !== 200 || connection !== 'keep-alive')).toEqual([]);
    expect(traffic.answers.slice(-CLIENTS).filter(({ connection }) => connection !== 'close')).toEqual([]);
    expect(traffic.failures).toEqual([]);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });

  it('loses no request of clients that leave when the readiness probe tells them to', async () => {
    store.signal('SIGTERM');
    await store.probed('/health/ready', 503);
    await traffic.stop();

    expect(traffic.failures).toEqual([]);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });

  it('fails no request on a connection that it accepted, of clients that never leave', async () => {
    store.signal('SIGTERM');
    await traffic.refusedOrStopped();
    await store.exited;

    const accepted = acceptedPorts(store);
    expect(accepted.size).toBeGreaterThan(CLIENTS);
    expect(traffic.failures.filter(({ localPort }) => accepted.has(localPort))).toEqual([]);
    expect(traffic.answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('refuses new connections after the drain', async () => {
    const signalledAtMs = performance.now();
    store.signal('SIGTERM');
    await refused(store.url);

    expect(performance.now() - signalledAtMs).toBeGreaterThanOrEqual(DRAIN_DELAY_MS - 50);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });
});

function acceptedPorts(store: StoreProcess): ReadonlySet<number> {
  const line = store.stderr.find((text) => text.startsWith('accepted: ')) ?? 'accepted: []';
  return new Set(JSON.parse(line.slice('accepted: '.length)) as number[]);
}
