import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import type { ProductBody } from '../../system/support/store-client.js';
import { GAUGE_MS, LEARNED_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf } from './support/buyers.js';
import { deadEvents } from './support/dead-events.js';
import { Deployment } from './support/deployment.js';
import { EventWitness } from './support/event-witness.js';
import { learnedFrom, learnedIn } from './support/learned.js';
import { settled } from './support/until.js';

const PLACED = 'orders.order-placed.v1';
const envelope = (changes: object): string =>
  JSON.stringify({
    specversion: '1.0',
    id: newId(),
    source: '/somebody-else',
    type: PLACED,
    subject: newId(),
    time: '2026-11-02T10:00:00.000Z',
    data: { orderId: newId(), lines: [{ productId: newId() }] },
    ...changes,
  });

/** What somebody else may put in the stream, by the reason for which it is parked. */
const MESSAGES = {
  'it is no JSON': '\\0 no JSON',
  'its specversion is not 1.0': envelope({ specversion: '0.3' }),
  'its type is not the subject that it came under': envelope({ type: 'orders.order-cancelled.v1' }),
  'data is no object': envelope({ data: 'a text' }),
  'wrong in data: lines.0.productId': envelope({ data: { orderId: newId(), lines: [{ productId: 'none' }] } }),
} as const;
const COUNT = Object.keys(MESSAGES).length;

describeWith(NATS_SERVER, 'messages in the stream that are no events', () => {
  let broker: NatsServer;
  let deployment: Deployment;
  let shelf: readonly ProductBody[];

  beforeAll(async () => {
    broker = await NatsServer.start();
    deployment = await Deployment.open({ broker });
    shelf = await filledShelf(deployment.stores.first.url, 3);
  }, TEST_MS);
  afterAll(async () => {
    await deployment.close();
    await broker.stop();
  });

  it('are parked, each with its reason, and what comes after them is learned', async () => {
    const { learners, storeUrls } = deployment;
    const first = await buy(storeUrls, shelf, { count: 5 });
    const witness = await EventWitness.at(broker);
    await settled(() => learnedIn(learners.database.url), learnedFrom(first.bought), LEARNED_MS); // the stream is there
    for (const message of Object.values(MESSAGES)) await witness.put(PLACED, message);
    const second = await buy(storeUrls, shelf, { count: 5 });

    const all = learnedFrom([...first.bought, ...second.bought]);
    expect(await settled(() => learnedIn(learners.database.url), all, LEARNED_MS)).toEqual(all);
    const dead = { metric: COUNT, health: { status: 'degraded', dead: COUNT } };
    expect(await settled(() => deadEvents(learners.first), dead, GAUGE_MS)).toEqual(dead);
    const list = (await learners.run('outbox', 'list', '--condition', 'parked')).trim().split('\n');
    expect(list).toHaveLength(COUNT);
    for (const reason of Object.keys(MESSAGES))
      expect(list).toContainEqual(expect.stringContaining(`The event can't be read: ${reason}.`));
    const none = { inHand: 0, waiting: 0 };
    expect(await settled(() => witness.backlogOf('recommendations'), none, LEARNED_MS)).toEqual(none);
    await witness.close();
  });
});
