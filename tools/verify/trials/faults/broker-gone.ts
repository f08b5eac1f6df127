import { EventWitness } from '../../../../test/faults/orders/support/event-witness.ts';
import { pollUntil } from '../../../process/wait.ts';
import { field } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { recovery } from './recovery.ts';

const ORDERS = 10;
/** A breaker that has opened, a reconnection, and the poll of the outbox. */
const DELIVERED_MS = 20_000;
const PLACED = 'orders.order-placed.v1';

/** That its breaker closes shows in the events. */
const tellsAgain = async (replica: Replica): Promise<boolean> =>
  field(field(field((await replica.manage('/health')).json, 'details'), 'broker'), 'status') === 'up';

export const BROKER_GONE: Trial = {
  promise: 'C6',
  says: 'A broker that is away costs no order, and hears of each when it is back',
  how: '10 orders at both replicas while the way to NATS is cut; the stream afterwards',
  needs: ['nats'],

  run: async (stage) => {
    const { both, first, shop, ways } = stage;
    const product = await shop.onSale(first, { stock: 100 });
    await ways.nats?.down();
    const answers = await Promise.all(
      Array.from({ length: ORDERS }, (_, n) => shop.order(n % 2 === 0 ? both[0] : both[1], `verify-${n}`, product)),
    );
    const ready = await first.manage('/health/ready');
    await ways.nats?.up();
    const mendedAtMs = performance.now();
    const witness = await EventWitness.at({ url: stage.urlOf('nats') }, stage.streamName);
    stage.later(() => witness.close());
    const ids = new Set(answers.map(({ json }) => String(field(json, 'id'))));
    const told = async (): Promise<string[]> =>
      (await witness.events(PLACED)).map(({ subject }) => subject).filter((id) => ids.has(id));
    await pollUntil(async () => ((await told()).length >= ORDERS ? true : null), { timeoutMs: DELIVERED_MS });
    const tookMs = performance.now() - mendedAtMs;
    const recovered = await recovery(both, tellsAgain, DELIVERED_MS);
    return together([
      fact('orders', [...new Set(answers.map(({ status }) => status))].join(), '201'),
      fact('ready meanwhile', ready.status, 200),
      fact('events', new Set(await told()).size, ORDERS),
      within('after', tookMs, DELIVERED_MS),
      ...recovered,
    ]);
  },
};
