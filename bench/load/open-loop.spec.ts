import { afterEach, describe, expect, it } from '@jest/globals';
import { openLoop } from './open-loop.js';
import { answerWith, type LocalServer, localServer } from './testing/local-server.js';

describe('an open loop', () => {
  let server: LocalServer;
  afterEach(() => server.close());

  it('asks at its rate, however soon it is answered', async () => {
    let asked = 0;
    server = await localServer((_request, response) => {
      asked += 1;
      answerWith(response);
    });

    const load = { durationMs: 200, connections: 8, ratePerSecond: 100 };
    const { due, sent, answers, statuses, fault } = await openLoop(server.target(), load);

    expect(due).toBeGreaterThan(0);
    expect(due).toBeLessThanOrEqual(20); // a closed loop asks hundreds of times
    expect(sent).toBeLessThanOrEqual(due);
    expect({ sent, answers, statuses, fault }).toEqual({
      sent: asked,
      answers: asked,
      statuses: { 200: asked },
      fault: null,
    });
  });

  it('counts what finds no free connection as due, and does not send it', async () => {
    server = await localServer((_request, response) => void setTimeout(() => answerWith(response), 300));

    const load = { durationMs: 200, connections: 2, ratePerSecond: 500 };
    const { due, sent, answers } = await openLoop(server.target(), load);

    expect(sent).toBeLessThanOrEqual(load.connections);
    expect(due).toBeGreaterThan(sent);
    expect(answers).toBe(sent);
  });

  it('bears a status that it may, which is no good answer', async () => {
    server = await localServer((_request, response) => answerWith(response, 'busy', 503));

    const load = { durationMs: 100, connections: 2, ratePerSecond: 500, bearable: [503] };
    const { answers, statuses, goodPerSecond, fault } = await openLoop(server.target(), load);

    expect({ statuses, goodPerSecond, fault }).toEqual({ statuses: { 503: answers }, goodPerSecond: 0, fault: null });
  });

  it('leaves out what came before it counts', async () => {
    const askedAtMs: number[] = [];
    server = await localServer((_request, response) => {
      askedAtMs.push(performance.now());
      answerWith(response);
    });

    const load = { durationMs: 200, countFromMs: 150, connections: 1, ratePerSecond: 500 };
    const fromMs = performance.now() + load.countFromMs;
    const { answers, goodPerSecond } = await openLoop(server.target(), load);

    // On one connection, whoever asks has had the answer before.
    const answeredBefore = askedAtMs.filter((atMs) => atMs < fromMs).length - 1;
    const counted = Math.round((goodPerSecond * (load.durationMs - load.countFromMs)) / 1_000);
    expect(counted).toBeLessThanOrEqual(answers - answeredBefore);
  });

  it('ends at a wrong answer', async () => {
    server = await localServer((_request, response) => answerWith(response, 'busy', 503));

    const load = { durationMs: 600_000, connections: 2, ratePerSecond: 500 };
    const { fault } = await openLoop(server.target(), load);

    expect(fault).toBe('Expected 200 {}\nbut got  503 busy');
  });
});
