import { afterEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { loadSettings } from '#platform/config';
import { DeadlineExceeded } from '#platform/deadline';
import { DatabaseTimeout, DatabaseUnavailable } from '#platform/postgres';
import { MemoryUnitOfWork } from '#platform/unit-of-work';
import { UnknownEventVersion } from '../consuming/event-delivery.js';
import { MessagingSettings } from '../messaging.settings.js';
import { InMemoryOutbox } from '../outbox/in-memory-outbox.js';
import { aDomainEvent } from '../testing/event.builder.js';
import { recordingLogs } from '../testing/recording-logs.js';
import { ScriptedPublisher } from '../testing/scripted-publisher.js';
import { BrokerUnavailable } from './event-publisher.js';
import { OutboxRelay } from './outbox-relay.js';
import { RelayRound } from './relay-round.js';

const running: OutboxRelay[] = [];
afterEach(() => Promise.all(running.splice(0).map((relay) => relay.stop())));

function aRelay(publisher: ScriptedPublisher, outbox = new InMemoryOutbox(), env: Record<string, string> = {}) {
  const settings = loadSettings({
    NODE_ENV: 'test',
    OUTBOX_POLL_MS: '50',
    EVENT_RETRY_BASE_MS: '10',
    EVENT_RETRY_MAX_MS: '20',
    ...env,
  }).get(MessagingSettings);
  const logs = recordingLogs();
  const unitOfWork = new MemoryUnitOfWork(outbox);
  const relay = new OutboxRelay(
    outbox,
    new RelayRound(outbox, publisher, settings, logs.publishLog),
    settings,
    logs.logger,
  );
  const tell = (...events: ReturnType<typeof aDomainEvent>[]) => unitOfWork.run(async () => unitOfWork.record(events));
  const start = () => {
    running.push(relay);
    relay.start();
  };
  return { relay, outbox, tell, start, ...logs };
}

/** Until the condition holds; a test that waits for ever fails by its time-out. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const isEmpty = async (outbox: InMemoryOutbox) => (await outbox.state()).pending === 0;

describe('the relay', () => {
  it('sends what was committed before it started, and what is committed while it waits', async () => {
    const publisher = new ScriptedPublisher();
    const { tell, start } = aRelay(publisher, undefined, { OUTBOX_POLL_MS: '60000' });
    const [before, after] = [aDomainEvent(), aDomainEvent()];
    await tell(before);
    start();
    await publisher.has(1);
    await tell(after);
    await publisher.has(2);
    expect(publisher.taken).toEqual([before.id, after.id]);
  });

  it('looks by itself, too: not every commit is told of', async () => {
    const publisher = new ScriptedPublisher();
    const { outbox, start } = aRelay(publisher);
    start();
    await outbox.append([aDomainEvent()]);
    await publisher.has(1);
  });

  it('keeps the order of each subject, also when one of its events fails at first', async () => {
    const publisher = new ScriptedPublisher();
    const { tell, start } = aRelay(publisher);
    const subject = newId();
    const events = Array.from({ length: 5 }, () => aDomainEvent({ subject }));
    const failed = new Set<string>();
    publisher.does(({ id }) => {
      if (id !== events[1]?.id || failed.has(id)) return;
      failed.add(id);
      throw new Error('not now');
    });
    await tell(...events);
    start();
    await publisher.has(5);
    expect(publisher.taken).toEqual(events.map(({ id }) => id));
  });

  it('keeps the order of each subject with two relays at work, and sends nothing twice', async () => {
    const outbox = new InMemoryOutbox();
    const publisher = new ScriptedPublisher(4, () => new Promise((resolve) => setImmediate(resolve)));
    const relays = [aRelay(publisher, outbox), aRelay(publisher, outbox)];
    const subjects = Array.from({ length: 10 }, () => newId());
    const events = subjects.flatMap((subject) => Array.from({ length: 6 }, () => aDomainEvent({ subject })));
    await relays[0]?.tell(...events);
    for (const { start } of relays) start();
    await publisher.has(60);
    await until(() => isEmpty(outbox));
    expect(publisher.taken).toHaveLength(60);
    for (const subject of subjects) {
      const told = events.filter((event) => event.subject === subject).map(({ id }) => id);
      expect(publisher.taken.filter((id) => told.includes(id))).toEqual(told);
    }
  });

  it('has no more on their way than the publisher bears', async () => {
    let [onTheirWay, most] = [0, 0];
    const publisher = new ScriptedPublisher(3, async () => {
      most = Math.max(most, (onTheirWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      onTheirWay -= 1;
    });
    const { tell, start } = aRelay(publisher);
    await tell(...Array.from({ length: 20 }, () => aDomainEvent()));
    start();
    await publisher.has(20);
    expect(most).toBe(3);
  });

  it('parks an event that failed too often, with the reason, while the others flow', async () => {
    const publisher = new ScriptedPublisher();
    const { tell, start, outbox, lines, published } = aRelay(publisher, undefined, { EVENT_TRIES_MAX: '3' });
    const [poison, other] = [aDomainEvent(), aDomainEvent()];
    publisher.does(({ id }) => {
      if (id === poison.id) throw new TypeError('can not be said');
    });
    await tell(poison, other);
    start();
    await until(async () => (await outbox.state()).parked === 1);
    expect(publisher.taken).toEqual([other.id]);
    expect(await published()).toEqual({ sent: 1, failed: 2, parked: 1 });
    expect(lines.filter(({ level }) => level === 50)).toEqual([
      expect.objectContaining({ eventId: poison.id, eventType: poison.type, failures: 3 }),
    ]);
  });

  it('parks at once what no further try can help', async () => {
    const publisher = new ScriptedPublisher(4, ({ type }) => {
      throw new UnknownEventVersion('somebody', type);
    });
    const { tell, start, outbox } = aRelay(publisher);
    await tell(aDomainEvent());
    start();
    await until(async () => (await outbox.state()).parked === 1);
    expect(publisher.tries).toBe(1);
  });

  it('uses up no tries while the broker is away, says so once, and sends everything when it is back', async () => {
    let away = true;
    const publisher = new ScriptedPublisher(4, () => {
      if (away) throw new BrokerUnavailable();
    });
    const { tell, start, outbox, lines } = aRelay(publisher, undefined, { EVENT_TRIES_MAX: '1' });
    await tell(...Array.from({ length: 30 }, () => aDomainEvent()));
    start();
    await until(() => publisher.tries >= 6);
    away = false;
    await publisher.has(30);
    await until(() => isEmpty(outbox));
    expect(publisher.taken).toHaveLength(30);
    expect((await outbox.state()).parked).toBe(0);
    await until(() => lines.length === 2);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the outbox is not relayed for now, trying on',
      'the outbox is relayed again',
    ]);
  });

  it('lets the others flow while what some consumers need is away, and counts no try', async () => {
    const publisher = new ScriptedPublisher(3);
    const { tell, start, outbox, published } = aRelay(publisher, undefined, { EVENT_TRIES_MAX: '1' });
    const stuck = Array.from({ length: 6 }, () => aDomainEvent());
    const others = Array.from({ length: 5 }, () => aDomainEvent());
    publisher.does(({ id }) => {
      if (stuck.some((event) => event.id === id)) throw new DatabaseUnavailable();
    });
    await tell(...stuck, ...others);
    start();
    await publisher.has(5);
    await until(async () => (await published())['deferred'] === 6);
    expect(publisher.taken).toEqual(others.map(({ id }) => id));
    expect(await outbox.state()).toMatchObject({ pending: 6, parked: 0 });
  });

  it.each([new DeadlineExceeded(50), new DatabaseTimeout()])(
    'parks in the end what always takes too long (%s)',
    async (error) => {
      const publisher = new ScriptedPublisher(3, () => Promise.reject(error));
      const { tell, start, outbox } = aRelay(publisher, undefined, { EVENT_TRIES_MAX: '3' });
      await tell(aDomainEvent(), aDomainEvent(), aDomainEvent(), aDomainEvent());
      start();
      await until(async () => (await outbox.state()).parked === 4);
      expect(publisher.tries).toBe(12);
    },
  );

  it('begins nothing more in a round when the broker is away', async () => {
    const publisher = new ScriptedPublisher(2, () => Promise.reject(new BrokerUnavailable()));
    const { tell, start } = aRelay(publisher);
    await tell(...Array.from({ length: 50 }, () => aDomainEvent()));
    start();
    await until(() => publisher.tries > 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(publisher.tries).toBeLessThanOrEqual(2);
  });

  it('goes on at once while there is more, and does not wait for its next look', async () => {
    const publisher = new ScriptedPublisher(4);
    const { tell, start } = aRelay(publisher, undefined, { OUTBOX_POLL_MS: '60000', OUTBOX_BATCH_MAX: '3' });
    await tell(...Array.from({ length: 20 }, () => aDomainEvent()));
    start();
    await publisher.has(20);
  });

  it('does not ask an absent broker once more for each commit', async () => {
    const publisher = new ScriptedPublisher(1, () => {
      throw new BrokerUnavailable();
    });
    const { tell, start } = aRelay(publisher);
    await tell(aDomainEvent());
    start();
    await until(() => publisher.tries === 1);
    for (let n = 0; n < 50; n += 1) await tell(aDomainEvent());
    expect(publisher.tries).toBeLessThanOrEqual(2);
  });

  it('goes on when the outbox itself fails for a moment', async () => {
    const outbox = new InMemoryOutbox();
    const publisher = new ScriptedPublisher();
    const { tell, start } = aRelay(publisher, outbox);
    let failures = 0;
    const claim = outbox.claim.bind(outbox);
    outbox.claim = (limit, leaseMs) => {
      failures += 1;
      return failures <= 2 ? Promise.reject(new Error('away')) : claim(limit, leaseMs);
    };
    await tell(aDomainEvent());
    start();
    await publisher.has(1);
  });

  it('finishes what is on its way when it is stopped, and gives the rest back', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const publisher = new ScriptedPublisher(1, () => {
      begun.resolve();
      return gate.promise;
    });
    const { relay, tell, start, outbox } = aRelay(publisher);
    const events = [aDomainEvent(), aDomainEvent(), aDomainEvent()];
    await tell(...events);
    start();
    await begun.promise;
    const stopped = relay.stop();
    gate.resolve();
    await stopped;
    expect(publisher.taken).toEqual([events[0]?.id]);
    expect((await outbox.claim(10, 1_000)).map(({ event }) => event.id)).toEqual([events[1]?.id, events[2]?.id]);
  });
});
