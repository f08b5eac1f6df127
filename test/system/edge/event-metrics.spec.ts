import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readMetrics, sampleOf, type Sample } from '../support/metrics.js';
import { Shop } from '../support/shop.js';

/** Dashboards and alerts know them by these names. */
const GAUGES = ['outbox_pending_events', 'outbox_oldest_event_age_seconds', 'outbox_dead_events'];

describe('the metrics of events', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  /** An event is consumed after its answer; one that never is fails the test by its time-out. */
  async function consumptions(): Promise<Sample[]> {
    for (;;) {
      const samples = await readMetrics(shop.managementUrl);
      const consumed = samples.filter(({ name }) => name === 'events_consumed_total');
      if (consumed.some(({ value }) => value > 0)) return consumed;
    }
  }

  it.each(GAUGES)('has %s, which is 0 where nothing has happened', async (name) => {
    expect(sampleOf(await readMetrics(shop.managementUrl), name)).toBe(0);
  });

  it('has events_consumed_total, by type and outcome', async () => {
    await shop.customer('ada').placed([await shop.onSale({ stock: 9 }), 1]);

    expect(await consumptions()).toContainEqual({
      name: 'events_consumed_total',
      labels: { type: 'orders.order-placed.v1', outcome: 'consumed' },
      value: 1,
    });
  });
});
