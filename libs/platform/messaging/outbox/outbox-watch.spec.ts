import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Gauge, Registry } from 'prom-client';
import { DatabaseUnavailable } from '#platform/postgres';
import { InMemoryParkedEvents } from '../consuming/in-memory-parked-events.js';
import { InMemoryOutbox } from './in-memory-outbox.js';
import type { OutboxState } from './outbox.js';
import { OutboxHealth, OutboxWatch } from './outbox-watch.js';

/** Longer than the watch waits between two looks. */
const A_WHILE_MS = 5_000;
const EMPTY: OutboxState = { pending: 0, oldestAgeSeconds: 0, parked: 0 };

function stores(first: Partial<OutboxState>, parkedByConsumers = 0) {
  const [outbox, parkedEvents] = [new InMemoryOutbox(), new InMemoryParkedEvents()];
  const state = jest.spyOn(outbox, 'state').mockResolvedValue({ ...EMPTY, ...first });
  jest.spyOn(parkedEvents, 'count').mockResolvedValue(parkedByConsumers);
  return { outbox, parkedEvents, state };
}

describe('the watch over the outbox', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function aWatch(...known: Parameters<typeof stores>) {
    const { outbox, parkedEvents, state } = stores(...known);
    const registers = [new Registry()];
    const gauge = (name: string): Gauge => new Gauge({ name, help: '-', registers });
    const gauges = { pending: gauge('pending'), oldest: gauge('oldest'), dead: gauge('dead') };
    const watch = new OutboxWatch(outbox, parkedEvents, gauges.pending, gauges.oldest, gauges.dead);
    const seen = async (): Promise<Record<string, number | undefined>> => {
      const read = async (of: Gauge) => (await of.get()).values[0]?.value;
      return { pending: await read(gauges.pending), oldest: await read(gauges.oldest), dead: await read(gauges.dead) };
    };
    return { watch, seen, state };
  }

  it('shows how many events wait, how long the oldest has, and what relay and consumers gave up', async () => {
    const { watch, seen } = aWatch({ pending: 7, oldestAgeSeconds: 3.5, parked: 2 }, 4);
    watch.start();
    await jest.advanceTimersByTimeAsync(0);

    expect(await seen()).toEqual({ pending: 7, oldest: 3.5, dead: 6 });
    await watch.stop();
  });

  it('looks again by itself', async () => {
    const { watch, seen, state } = aWatch({ pending: 7 });
    watch.start();
    await jest.advanceTimersByTimeAsync(0);
    state.mockResolvedValue({ ...EMPTY, pending: 1 });
    await jest.advanceTimersByTimeAsync(A_WHILE_MS);

    expect(await seen()).toMatchObject({ pending: 1 });
    await watch.stop();
  });

  it('shows what it last saw while the database is away, and looks on', async () => {
    const { watch, seen, state } = aWatch({ pending: 7 });
    watch.start();
    await jest.advanceTimersByTimeAsync(0);
    state.mockRejectedValue(new DatabaseUnavailable());
    await jest.advanceTimersByTimeAsync(A_WHILE_MS);
    expect(await seen()).toMatchObject({ pending: 7 });

    state.mockResolvedValue({ ...EMPTY, pending: 2 });
    await jest.advanceTimersByTimeAsync(A_WHILE_MS);
    expect(await seen()).toMatchObject({ pending: 2 });
    await watch.stop();
  });

  it('ends with the service, after the look that is under way', async () => {
    const { watch, state } = aWatch({});
    const look = Promise.withResolvers<OutboxState>();
    state.mockReturnValueOnce(look.promise);
    watch.start();
    let ended = false;
    const end = watch.stop().then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    look.resolve(EMPTY);
    await end;
    await jest.advanceTimersByTimeAsync(A_WHILE_MS);

    expect(state).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the health of the outbox', () => {
  const healthOf = (...known: Parameters<typeof stores>) => {
    const { outbox, parkedEvents, state } = stores(...known);
    return { health: new OutboxHealth(outbox, parkedEvents), state };
  };

  it.each([
    ['up', 'nothing waits', {}, 0],
    ['up', 'the oldest has waited for a minute', { pending: 1, oldestAgeSeconds: 60 }, 0],
    ['degraded', 'the oldest has waited for longer', { pending: 1, oldestAgeSeconds: 60.1 }, 0],
    ['degraded', 'the relay has given one up', { parked: 1 }, 0],
    ['degraded', 'a consumer has given one up', {}, 1],
  ])('is %s when %s', async (status, _when, state, parkedByConsumers) => {
    const { health } = healthOf(state, parkedByConsumers);

    expect(await health.details()).toMatchObject({ status });
  });

  it('tells the figures, the age in whole seconds', async () => {
    const { health } = healthOf({ pending: 3, oldestAgeSeconds: 61.4, parked: 1 }, 2);

    expect(await health.details()).toEqual({ status: 'degraded', pending: 3, oldestAgeSeconds: 61, dead: 3 });
  });

  it('keeps no traffic away, and asks no database for that', async () => {
    const { health, state } = healthOf({ parked: 1 });
    state.mockRejectedValue(new DatabaseUnavailable());

    expect(await health.readiness()).toEqual({ status: 'up' });
    expect(state).not.toHaveBeenCalled();
  });
});
