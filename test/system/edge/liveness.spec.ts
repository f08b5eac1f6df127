import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { RawConnection } from '../support/raw-connection.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { badInputs } from './bad-inputs/index.js';

/** What a probe waits at most: an orchestrator's patience is longer. */
const LIVENESS_MAX_MS = SLACK_MS;
const CONCURRENT_CLIENTS = 8;
const ROUNDS = 5;

describe('while every kind of bad input comes in at once', () => {
  let running: RunningStore;
  beforeAll(async () => {
    running = await runningStore();
  });
  afterAll(() => running.stop());

  it(`liveness is answered within ${LIVENESS_MAX_MS} ms`, async () => {
    const inputs = Array.from({ length: ROUNDS }, () => Object.values(badInputs).flat()).flat();
    const client = async (): Promise<void> => {
      for (let input = inputs.pop(); input; input = inputs.pop()) {
        const connection = await RawConnection.to(running.store.url);
        connection.send(input.bytes);
        expect((await connection.answer()).status).toBe(input.status);
        connection.close();
      }
    };
    const sent = new AbortController();
    const clients = Promise.all(Array.from({ length: CONCURRENT_CLIENTS }, client)).finally(() => sent.abort());
    const waitsMs: number[] = [];
    while (!sent.signal.aborted) waitsMs.push(await probe(running.store.managementUrl));
    await clients;

    expect(waitsMs.length).toBeGreaterThan(20);
    expect(Math.max(...waitsMs)).toBeLessThan(LIVENESS_MAX_MS);
  });
});

/** How long one probe waits for its 200, in milliseconds. */
async function probe(managementUrl: string): Promise<number> {
  const startedAtMs = performance.now();
  const response = await fetch(`${managementUrl}/health/live`);
  await response.body?.cancel();
  expect(response.status).toBe(200);
  return performance.now() - startedAtMs;
}
