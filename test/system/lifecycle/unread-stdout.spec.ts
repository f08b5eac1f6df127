import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettledMetrics, sampleOf } from '../support/metrics.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const SHUTDOWN_TIMEOUT_MS = 10_000; // more than an end takes on a busy machine: it is not what ends it
const CLIENTS = 16;
/** Parameters whose values are logged, at their full length: a line has some three kilobytes. */
const PARAMETERS = Array.from({ length: 20 }, (_, n) => `p${n}`);
/** Refused, since it does not know them. */
const WORDY = { path: `/v1/products?${PARAMETERS.map((name) => `${name}=${'x'.repeat(128)}`).join('&')}`, status: 400 };
const USUAL = { path: '/v1/products', status: 200 };
/** Their lines are more than the pipe and the reader's own buffer hold. */
const SOME = 1000;
/** And theirs more than what is kept besides. */
const MANY = 6000;
const KEPT_BYTES = 8 * 1024 * 1024 - 16 * 1024; // but for the lines that were gathered when there was no room for them
const TOLD_TIMEOUT_MS = 20_000;
/** Lines that are no request's, and may be among those that are lost. */
const OTHERS_MAX = 10;

describe('a store whose log nobody reads any more', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeEach(async () => {
    database = await storeDatabase();
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      stdoutPipe: true,
      env: {
        SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS),
        LOG_QUERY: PARAMETERS.join(','),
        CI: 'true', // so that no package looks at stdout, for its colours, and makes it non-blocking in passing
      },
    });
    await store.ready();
    store.child.stdout.pause();
  });

  afterEach(async () => {
    store.child.stdout.resume();
    await store.stop();
    await database.drop();
  });

  /** Asks so many times, and gives the last answer's request id. */
  async function ask(times: number, { path, status }: typeof WORDY): Promise<string> {
    let [left, lastId] = [times, ''];
    const client = async () => {
      while (left-- > 0) {
        const answer = await fetch(store.url + path);
        await answer.arrayBuffer();
        expect(answer.status).toBe(status);
        lastId = answer.headers.get('x-request-id') ?? '';
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return lastId;
  }

  const linesLost = async () => sampleOf(await readSettledMetrics(store.managementUrl), 'log_lines_dropped_total');

  it('answers all the same, and still ends within its bound', async () => {
    await ask(SOME, USUAL);

    const signalledAtMs = performance.now();
    const exited = once(store.child, 'exit');
    store.signal('SIGTERM');
    const [code] = (await exited) as [number | null];

    expect(code).toBe(0);
    expect(performance.now() - signalledAtMs).toBeLessThan(SHUTDOWN_TIMEOUT_MS);
  });

  it('loses no line while there is room, and has told all of them when it is read again', async () => {
    await ask(SOME, WORDY);
    store.child.stdout.resume();
    const last = await ask(1, USUAL);
    await store.logged(({ requestId }) => requestId === last);

    expect(store.logs.filter(({ msg }) => msg === 'request')).toHaveLength(SOME + 1);
    expect(await linesLost()).toBe(0);
  });

  it('keeps 8 MiB of lines, counts each one that it loses beyond, and tells those that it has kept', async () => {
    await ask(MANY, WORDY);
    const told = () => store.logs.filter(({ msg }) => msg === 'request').length;
    store.child.stdout.resume();
    const endsAtMs = performance.now() + TOLD_TIMEOUT_MS;
    // The last lines of all are handed on, or lost, a moment after their answers.
    while (told() + (await linesLost()) < MANY) {
      if (performance.now() > endsAtMs) throw new Error(`${told()} of ${MANY} were told, ${await linesLost()} lost.`);
    }
    const next = await ask(1, USUAL);
    await store.logged(({ requestId }) => requestId === next);
    const lost = await linesLost();

    expect(lost).toBeGreaterThan(0);
    expect(Buffer.byteLength(store.stdout.join('\n'))).toBeGreaterThan(KEPT_BYTES);
    expect(told()).toBeGreaterThanOrEqual(MANY + 1 - lost);
    expect(told()).toBeLessThanOrEqual(MANY + 1 - lost + OTHERS_MAX);
    expect(store.stdout).toHaveLength(store.logs.length); // no line is half a line
  });
});
