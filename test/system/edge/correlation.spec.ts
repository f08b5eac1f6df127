import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/expect-problem.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';

const OURS = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const NOT_FOUND = { status: 404, code: 'platform.route-not-found' };

let running: RunningStore;
beforeAll(async () => {
  running = await runningStore();
});
afterAll(() => running.stop());

async function ask(path: string, headers: Record<string, string>): Promise<RawAnswer> {
  const connection = await RawConnection.to(running.store.url);
  connection.send(requestBytes({ path, headers }));
  const answer = await connection.answer();
  connection.close();
  return answer;
}

describe('x-request-id', () => {
  it.each(['abc', '0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3f', 'a:b.c_d-E9', 'x'.repeat(128)])('%s is kept', async (id) => {
    const answer = await ask('/nowhere', { 'x-request-id': id });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(expectProblem(answer, NOT_FOUND).requestId).toBe(id);
  });

  it.each([
    ['of 129 letters', 'x'.repeat(129)],
    ['of 8,000 letters', 'x'.repeat(8000)],
    ['with a space', 'a b'],
    ['with a line of a log in it', '","level":"fatal","msg":"gone'],
    ['with markup', '<script>'],
    ['with a byte beyond ASCII', 'caf\u00e9'],
    ['that came twice', 'a\r\nx-request-id: b'],
  ])('%s is replaced by one of ours', async (_what, id) => {
    const answer = await ask('/nowhere', { 'x-request-id': id });
    expect(answer.headers['x-request-id']).toMatch(OURS);
    expectProblem(answer, NOT_FOUND);
  });

  it('is given to who sends none, a new one each time, on success too', async () => {
    const [first, second] = [await ask('/v1/products', {}), await ask('/v1/products', {})];
    expect(first.headers['x-request-id']).toMatch(OURS);
    expect(second.headers['x-request-id']).toMatch(OURS);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  });

  it('is in the log line of its request', async () => {
    await ask('/v1/products', { 'x-request-id': 'to-be-found' });
    const line = await running.store.logged(({ msg, requestId }) => msg === 'request' && requestId === 'to-be-found');
    expect(line).toMatchObject({ method: 'GET', route: '/v1/products', status: 200 });
  });
});

describe('traceparent', () => {
  it.each(['00', 'cc'])('of version %s gives its trace id to the problem', async (version) => {
    const answer = await ask('/nowhere', { traceparent: `${version}-${TRACE_ID}-00f067aa0ba902b7-01` });
    expect(expectProblem(answer, NOT_FOUND).traceId).toBe(TRACE_ID);
  });

  it.each([
    ['of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['with a parent of zeros', `00-${TRACE_ID}-0000000000000000-01`],
    ['of version ff', `ff-${TRACE_ID}-00f067aa0ba902b7-01`],
    ['in capitals', `00-${TRACE_ID.toUpperCase()}-00f067aa0ba902b7-01`],
    ['that is short', `00-${TRACE_ID.slice(1)}-00f067aa0ba902b7-01`],
    ['of nonsense', 'nonsense'],
  ])('%s is replaced by one of ours', async (_what, traceparent) => {
    const { traceId } = expectProblem(await ask('/nowhere', { traceparent }), NOT_FOUND);
    expect(traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    expect(traceId).not.toBe(TRACE_ID);
  });
});
