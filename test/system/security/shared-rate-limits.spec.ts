import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER, SLACK_MS } from '#platform/testing';
import { readMetrics, sampleOf } from '../support/metrics.js';
import type { StoreProcess } from '../support/store-process.js';
import { StoreReplicas } from '../support/store-replicas.js';

const REPLICAS = 3;
const WINDOW_SECONDS = 600;
const COMMAND_TIMEOUT_MS = 100;
const RETURN_MS = 10_000;
const BEGINS = /^Redis gave no answer, so rate limits hold for each replica alone/;
const ENDS = /^Rate limits are shared by all replicas again/;

interface Answer {
  readonly status: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly retryAfterSeconds: number;
  readonly durationMs: number;
}

async function ask(store: StoreProcess, caller: string): Promise<Answer> {
  const startedAtMs = performance.now();
  const response = await fetch(`${store.url}/v1/products?limit=1`, { headers: { 'x-forwarded-for': caller } });
  await response.arrayBuffer();
  const [, remaining, resetSeconds] = /^"default";r=(\d+);t=(\d+)$/.exec(response.headers.get('ratelimit') ?? '') ?? [];
  return {
    status: response.status,
    remaining: Number(remaining),
    resetSeconds: Number(resetSeconds),
    retryAfterSeconds: Number(response.headers.get('retry-after') ?? NaN),
    durationMs: performance.now() - startedAtMs,
  };
}

/** So many requests to each store, scattered, a dozen at one time. */
async function crowd(stores: readonly StoreProcess[], each: number, caller: string): Promise<Answer[][]> {
  const waiting = Array.from({ length: each }, () => [...stores.keys()]).flat();
  const answers: Answer[][] = stores.map(() => []);
  const client = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const store = stores[index];
      if (store) answers[index]?.push(await ask(store, caller));
    }
  };
  await Promise.all(Array.from({ length: 12 }, client));
  return answers;
}

const passed = (answers: readonly Answer[]): number => answers.filter(({ status }) => status === 200).length;
const statuses = (answers: readonly Answer[]): number[] =>
  [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b);
const fallbacks = (stores: readonly StoreProcess[]): Promise<number[]> =>
  Promise.all(
    stores.map(async (store) => sampleOf(await readMetrics(store.managementUrl), 'rate_limit_fallbacks_total')),
  );
const linesOf = (stores: readonly StoreProcess[], wanted: RegExp): number[] =>
  stores.map(({ logs }) => logs.filter(({ msg }) => wanted.test(msg)).length);

let callers = 0;
const aCaller = (): string => `2001:db8:0:${(callers += 1).toString(16)}::1`;

/** Resolves when all stores count a caller together: the next one sees what the one before has taken. */
async function shared(stores: readonly StoreProcess[], max: number, withinMs = RETURN_MS): Promise<void> {
  const endsAtMs = performance.now() + withinMs;
  const expected = stores.map((_, index) => max - 1 - index);
  for (;;) {
    const caller = aCaller();
    const seen: number[] = [];
    for (const store of stores) seen.push((await ask(store, caller)).remaining);
    if (seen.every((remaining, index) => remaining === expected[index])) return;
    if (performance.now() > endsAtMs) throw new Error(`Not shared in ${withinMs} ms: ${seen.join(', ')} are left.`);
  }
}

/** The first answers in a row that waited for Redis no longer: it is silent for 2.5 s before its connection is given up. */
async function inARow(store: StoreProcess, count: number, withinMs = RETURN_MS): Promise<Answer[]> {
  const endsAtMs = performance.now() + withinMs;
  for (let row: Answer[] = []; performance.now() < endsAtMs;) {
    const answer = await ask(store, aCaller());
    row = answer.durationMs < COMMAND_TIMEOUT_MS ? [...row, answer] : [];
    if (row.length === count) return row;
  }
  throw new Error(`After ${withinMs} ms requests still wait for Redis.`);
}

describeWith(REDIS_SERVER, `a limit over ${REPLICAS} replicas`, () => {
  const MAX = 150;
  let replicas: StoreReplicas;
  beforeAll(async () => {
    replicas = await StoreReplicas.start(REPLICAS, {
      RATE_LIMIT_MAX: String(MAX),
      RATE_LIMIT_WINDOW_SECONDS: String(WINDOW_SECONDS),
      REDIS_COMMAND_TIMEOUT_MS: '5000', // where Redis is well, a busy machine must not make it look otherwise
    });
    await shared(replicas.stores, MAX);
  }, 60_000);
  afterAll(() => replicas.stop());

  it('lets in as many as it says, whichever replica they ask, and tells all of them one count', async () => {
    const before = await fallbacks(replicas.stores);
    const startedAtMs = performance.now();
    const answers = (await crowd(replicas.stores, 100, aCaller())).flat();
    const elapsedSeconds = Math.ceil((performance.now() - startedAtMs) / 1_000);

    const admitted = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(Math.abs(admitted.length - MAX) / MAX).toBeLessThanOrEqual(0.02);
    expect(admitted.length + refused.length).toBe(3 * 100);
    expect(await fallbacks(replicas.stores)).toEqual(before);
    expect(admitted.map(({ remaining }) => remaining).sort((a, b) => a - b)).toEqual(
      Array.from({ length: MAX }, (_, n) => n),
    );
    for (const { resetSeconds } of answers) {
      expect(resetSeconds).toBeLessThanOrEqual(WINDOW_SECONDS);
      expect(resetSeconds).toBeGreaterThanOrEqual(WINDOW_SECONDS - elapsedSeconds);
    }
    for (const { remaining, resetSeconds, retryAfterSeconds } of refused) {
      expect({ remaining, retryAfterSeconds }).toEqual({ remaining: 0, retryAfterSeconds: resetSeconds });
    }
  });

  /** Asks until each store has told the end of what it told the beginning of: its start may come before Redis answers. */
  const settled = async (): Promise<void> => {
    const endsAtMs = performance.now() + RETURN_MS;
    const underway = () => String(linesOf(replicas.stores, BEGINS)) !== String(linesOf(replicas.stores, ENDS));
    while (underway() && performance.now() < endsAtMs) await crowd(replicas.stores, 1, aCaller());
  };

  it('holds for each replica alone, without an error, while Redis is gone, and for all again when it is back', async () => {
    const { stores, redis } = replicas;
    const caller = aCaller();
    await crowd(stores, 2, caller);
    await settled();
    const [before, begun] = [await fallbacks(stores), linesOf(stores, BEGINS)];

    await redis.stop();
    const answers = await crowd(stores, MAX + 10, caller);

    expect(statuses(answers.flat())).toEqual([200, 429]);
    expect(answers.map(passed)).toEqual(stores.map(() => MAX));
    const after = await fallbacks(stores);
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual(stores.map(() => MAX + 10));
    expect(linesOf(stores, BEGINS)).toEqual(begun.map((count) => count + 1));

    await redis.restart();
    await shared(stores, MAX);

    await settled();
    expect(linesOf(stores, ENDS)).toEqual(begun.map((count) => count + 1));
    expect(linesOf(stores, BEGINS)).toEqual(begun.map((count) => count + 1));
  });
});

describeWith(REDIS_SERVER, 'limits while Redis is stopped', () => {
  const MAX = 20;
  let replicas: StoreReplicas;
  beforeAll(async () => {
    replicas = await StoreReplicas.start(REPLICAS, {
      RATE_LIMIT_MAX: String(MAX),
      RATE_LIMIT_WINDOW_SECONDS: String(WINDOW_SECONDS),
      REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS),
    });
    await shared(replicas.stores, MAX);
  }, 60_000);
  afterAll(() => replicas.stop());

  it('wait for it within the bound, and soon not at all', async () => {
    const { stores, redis } = replicas;
    redis.pause();

    const answers = (await crowd(stores, 20, aCaller())).flat();
    const unwaiting = await Promise.all(stores.map((store) => inARow(store, 10)));
    redis.resume();

    expect(statuses([...answers, ...unwaiting.flat()])).toEqual([200]);
    for (const { durationMs } of answers) expect(durationMs).toBeLessThan(COMMAND_TIMEOUT_MS + 4 * SLACK_MS);
    await shared(stores, MAX);
  });
});
