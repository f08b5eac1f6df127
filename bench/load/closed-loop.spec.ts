import { afterEach, describe, expect, it } from '@jest/globals';
import { closedLoop } from './closed-loop.js';
import { answerWith, type LocalServer, localServer } from './testing/local-server.js';

/** Of a run that a fault has to end: without it the test would not end in time. */
const ENDLESS = { durationMs: 600_000, connections: 2 };

describe('a closed loop', () => {
  let server: LocalServer;
  afterEach(() => server.close());

  it('counts answers and statuses, and the good ones in a second', async () => {
    let asked = 0;
    server = await localServer((_request, response) => {
      asked += 1;
      answerWith(response, '{}', asked % 2 === 1 ? 200 : 503);
    });

    const load = { durationMs: 200, connections: 2, bearable: [503] };
    const { answers, sent, statuses, goodPerSecond, fault } = await closedLoop(server.target(), load);

    const [good, refused] = [Math.ceil(asked / 2), Math.floor(asked / 2)];
    expect({ answers, sent, statuses, fault }).toEqual({
      answers: asked,
      sent: asked,
      statuses: { 200: good, 503: refused },
      fault: null,
    });
    expect(goodPerSecond).toBeGreaterThan(0);
    expect(goodPerSecond).toBeLessThanOrEqual(good * 5);
  });

  it('asks on a connection when it has been answered, and not before', async () => {
    let [open, openMax] = [0, 0];
    server = await localServer((_request, response) => {
      open += 1;
      openMax = Math.max(openMax, open);
      setImmediate(() => {
        open -= 1;
        answerWith(response);
      });
    });

    const { answers } = await closedLoop(server.target(), { durationMs: 100, connections: 3 });

    expect(openMax).toBeLessThanOrEqual(3);
    expect(answers).toBeGreaterThanOrEqual(3);
  });

  it('waits for an answer that comes after the end, which is none of the good ones', async () => {
    server = await localServer((_request, response) => void setTimeout(() => answerWith(response), 150));

    const result = await closedLoop(server.target(), { durationMs: 50, connections: 1 });

    expect(result).toMatchObject({ sent: 1, answers: 1, goodPerSecond: 0, fault: null });
  });

  it('ends at a wrong answer, and says what was expected and what came', async () => {
    let asked = 0;
    server = await localServer((_request, response) => {
      asked += 1;
      answerWith(response, asked < 5 ? '{"a":1}' : '{"a":2}');
    });

    const { fault } = await closedLoop(server.target({ body: '{"a":1}' }), ENDLESS);

    expect(fault).toBe('Expected 200 {"a":1}\nbut got  200 {"a":2}');
  });

  it.each(['oops', 'null', '[]'])(
    'ends at an answer that is no JSON object where one was planned: %s',
    async (body) => {
      server = await localServer((_request, response) => answerWith(response, body));

      const { fault } = await closedLoop(server.target({ body: '{"id":1}', changing: ['id'] }), ENDLESS);

      expect(fault).toBe(`Expected 200 {"id":1}\nbut got  200 ${body}`);
    },
  );
});
