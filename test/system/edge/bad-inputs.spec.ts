import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/expect-problem.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { isReplicated } from '../support/topology.js';
import { badInputs, CANARY, LONG_NAME } from './bad-inputs/index.js';

let running: RunningStore;
beforeAll(async () => {
  running = await runningStore();
});
afterAll(() => running.stop());

/** A balancer refuses these itself: bytes that are no HTTP, and bodies far beyond what it lets pass. */
const BROKEN = 'broken HTTP';
const HUGE: ReadonlySet<string> = new Set(['a body of 80,000 unknown keys', 'a length of 2^60 without a body']);
const kinds = Object.entries(badInputs)
  .filter(([kind]) => !isReplicated || kind !== BROKEN)
  .map(([kind, inputs]) => [kind, inputs.filter(({ what }) => !isReplicated || !HUGE.has(what))] as const);

describe.each(kinds)('%s', (_kind, inputs) => {
  it.each(inputs.map((input) => [input.what, input] as const))('%s is refused with a problem', async (_what, input) => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(input.bytes);
    const answer = await connection.answer();
    expectProblem(answer, input);
    expect(answer.headers['allow']).toBe(input.allow);
    expect(answer.body).not.toContain(CANARY);
    expect(answer.body).not.toContain(LONG_NAME);
    await expectSaneState(connection, answer);
    connection.close();
  });
});

/** Either the connection ends with the answer, and nothing follows it, or it answers the next request as if nothing were. */
async function expectSaneState(connection: RawConnection, { headers }: RawAnswer): Promise<void> {
  if (headers['connection'] === 'close') {
    expect(await connection.rest()).toBe('');
    return;
  }
  connection.send(requestBytes({ path: '/v1/products?category=empty' }));
  expect(await connection.answer()).toMatchObject({ status: 200, body: '{"items":[],"nextCursor":null}' });
}
