import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { readMetrics, sumOf } from '../../system/support/metrics.js';
import type { ServiceProcess } from '../../system/support/service-process.js';
import { CAUGHT_UP_MS, TEST_MS } from './bounds.js';
import { EventWitness } from './support/event-witness.js';
import { bySubject } from './support/order-of-events.js';
import { plantBacklog } from './support/planted-event.js';
import { Replicas } from './support/replicas.js';
import { toldEvents, unsentEvents } from './support/told-events.js';
import { settled } from './support/until.js';

/** Nobody hears of these: only the relays are at work. */
const TYPE = 'catalog.product-changed.v1';
const EVENTS = 4_000;
const SUBJECTS = 400;
/** Powers of the one modulo the other, a prime, are all numbers below it in an order without a pattern. */
const [ROOT, PRIME] = [3, EVENTS + 1];

describeWith(NATS_SERVER, 'two relays at a backlog of some thousand events', () => {
  let broker: NatsServer;
  let stores: Replicas;

  beforeAll(async () => {
    broker = await NatsServer.start();
    stores = await Replicas.of('store', 2);
    await stores.start({ NATS_URL: broker.url });
  }, TEST_MS);
  afterAll(async () => {
    await stores.close();
    await broker.stop();
  });

  const sentBy = async ({ managementUrl }: ServiceProcess): Promise<number> =>
    sumOf(await readMetrics(managementUrl), 'outbox_published_total', { outcome: 'sent' });

  it('skip none, send none twice, and keep the order of each subject', async () => {
    const subjects = Array.from({ length: SUBJECTS }, () => newId());
    await plantBacklog(stores.database.url, TYPE, shuffled(subjects));

    expect(await settled(() => unsentEvents(stores.database.url), 0, CAUGHT_UP_MS)).toBe(0);

    const witness = await EventWitness.at(broker);
    const stored = await witness.events();
    await witness.close();
    const [one, other] = await Promise.all(stores.processes.map(sentBy));
    expect(stored).toHaveLength(EVENTS);
    expect(bySubject(stored, 'id')).toEqual(bySubject(await toldEvents(stores.database.url, TYPE), 'id'));
    expect([one, other]).not.toContain(0);
    expect((one ?? 0) + (other ?? 0)).toBe(EVENTS);
  });
});

/** Each subject equally often. */
function shuffled(subjects: readonly string[]): readonly string[] {
  let power = 1;
  return Array.from({ length: EVENTS }, () => {
    power = (power * ROOT) % PRIME;
    return subjects[power % SUBJECTS] ?? '';
  });
}
