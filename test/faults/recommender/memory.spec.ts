import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryOf, peakMemoryDuring } from '../support/probes/memory.js';
import { FaultProxy } from '../../../tools/fault-proxy/fault-proxy.ts';
import { huge } from '../../../tools/stub-recommender/behaviours.ts';
import type { Behaviour } from '../../../tools/stub-recommender/exchange.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { BODY_BYTES_MAX, PATIENT } from './bounds.js';
import { figuresOf } from './figures.js';
import { Shop } from './shop.js';

const HUGE_BYTES = 50_000_000;
const HUGE_ANSWERS = 50;
/** One answer in three is huge: with more the breaker would open, and keep the rest away. */
const TURN = 3;
const PAGES = HUGE_ANSWERS * TURN;
const RATE_PER_SECOND = 50;
/** About one answer's size, against 2.5 GB that were offered. */
const GROWTH_MAX_BYTES = 60_000_000;
/** Far less than what is offered, so that what is read beyond the bound would be counted. */
const SLOW_WAY_BYTES_PER_SECOND = 4_000_000;
/** What is under way when the reader hangs up. */
const IN_TRANSIT_BYTES_MAX = 512 * 1024;

describe('answers of 50 MB', () => {
  let shop: Shop;
  let proxy: FaultProxy | undefined;

  afterEach(async () => {
    await shop?.close();
    await proxy?.close();
  });

  const hugeByTurns = (): Behaviour => {
    let asked = 0;
    const tooMuch = huge(HUGE_BYTES);
    return (exchange) => {
      asked += 1;
      return asked % TURN === 0 ? tooMuch(exchange) : shop.good(exchange);
    };
  };

  it('cost the store no more memory than small ones', async () => {
    const stub = await StubRecommender.start();
    shop = await Shop.open(stub, { env: PATIENT });
    const { managementUrl } = shop.store;
    const pages = { ratePerSecond: RATE_PER_SECOND, durationMs: (PAGES / RATE_PER_SECOND) * 1_000 };
    await shop.load(pages).finished;
    const before = await memoryOf(managementUrl);

    await stub.answers(hugeByTurns());
    const load = shop.load(pages);
    const peak = await peakMemoryDuring(managementUrl, () => load.finished);
    const { byResult } = (await load.finished).summary();

    expect({ byResult, abandoned: stub.abandoned }).toEqual({ byResult: { 200: PAGES }, abandoned: HUGE_ANSWERS });
    expect(peak.residentBytes - before.residentBytes).toBeLessThan(GROWTH_MAX_BYTES);
  });

  it('are read to the bound of an answer and no further', async () => {
    const stub = await StubRecommender.start();
    proxy = await FaultProxy.to(stub.url);
    shop = await Shop.open(stub, { recommenderUrl: proxy.url, env: PATIENT });
    proxy.bandwidth(SLOW_WAY_BYTES_PER_SECOND, 'toClient');
    await stub.answers(huge(HUGE_BYTES));
    const bytesBefore = proxy.bytes.toClient;

    const answers = await shop.pages(5);

    const bytesPerAnswer = (proxy.bytes.toClient - bytesBefore) / answers.length;
    expect((await figuresOf(shop.store.managementUrl)).calls).toMatchObject({ failed: answers.length });
    expect(bytesPerAnswer).toBeGreaterThan(BODY_BYTES_MAX / 2);
    expect(bytesPerAnswer).toBeLessThan(BODY_BYTES_MAX + IN_TRANSIT_BYTES_MAX);
  });
});
