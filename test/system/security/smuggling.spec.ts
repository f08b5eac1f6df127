import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_PRODUCT } from '../edge/bad-inputs/index.js';
import { expectProblem } from '../support/expect-problem.js';
import { readSettledMetrics, sumOf } from '../support/metrics.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { CANARY, SMUGGLED, type Attack } from './smuggling/attack.js';
import { attacks, plainRequests, underscores } from './smuggling/index.js';

let running: RunningStore;
beforeAll(async () => {
  running = await runningStore();
});
afterAll(() => running.stop());

const named = (attacks: readonly Attack[]) => attacks.map((attack) => [attack.what, attack] as const);

/** Sends a request with an id of its own, the connection's last one, and demands its answer and nothing else. */
async function expectServed(connection: RawConnection, requestId: string): Promise<void> {
  connection.send(requestBytes({ path: NO_PRODUCT, headers: { 'x-request-id': requestId, connection: 'close' } }));
  expect(await connection.answer()).toMatchObject({ status: 404, headers: { 'x-request-id': requestId } });
  expect(await connection.rest()).toBe('');
}

/** How many requests the store has counted of the kind that is smuggled. Nothing else here asks for that route. */
async function countedSmuggled(): Promise<number> {
  const samples = await readSettledMetrics(running.store.managementUrl);
  const smuggled = { method: 'GET', route: '/v1/products' };
  return sumOf(samples, 'http_server_request_duration_seconds_count', smuggled);
}

const loggedSmuggled = (): string[] => running.store.stdout.filter((line) => line.includes(CANARY));

describe.each(Object.entries({ ...attacks, underscores }))('%s', (_kind, list) => {
  it.each(named(list))('%s: one refusal, and the connection ends with it', async (what, attack) => {
    const neighbour = await RawConnection.to(running.store.url);
    const connection = await RawConnection.to(running.store.url);
    connection.send(attack.bytes);
    const answer = await connection.answer();

    expectProblem(answer, { ...attack, pointers: expectedPointers(attack) });
    expect(answer.headers['connection']).toBe('close');
    expect(await connection.rest()).toBe('');
    await expectServed(neighbour, `neighbour-of-${what.replaceAll(/[^a-z0-9]+/gi, '-')}`);
  });
});

describe('what is framed beyond doubt', () => {
  it.each(named(plainRequests))('%s: one answer, and the connection serves on', async (_what, attack) => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(attack.bytes);
    const answer = await connection.answer();

    expectProblem(answer, { ...attack, pointers: expectedPointers(attack) });
    await expectServed(connection, 'the-next-one');
  });
});

describe('the smuggled request', () => {
  it('has never been seen', async () => {
    expect(await countedSmuggled()).toBe(0);
    expect(loggedSmuggled()).toEqual([]);
  });

  it('would have been seen', async () => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(SMUGGLED);
    expect(await connection.answer()).toMatchObject({ status: 400, headers: { 'x-request-id': CANARY } });
    connection.close();

    await running.store.logged(({ requestId }) => requestId === CANARY);
    expect(loggedSmuggled()).not.toEqual([]);
    expect(await countedSmuggled()).toBe(1);
  });
});

/** Of a product that has none of its fields. */
function expectedPointers({ code }: Attack): string[] | undefined {
  if (code !== 'platform.validation-failed') return undefined;
  return ['#/sku', '#/name', '#/category', '#/price', '#/stock'];
}
