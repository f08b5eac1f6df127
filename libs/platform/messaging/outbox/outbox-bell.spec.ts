import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { currentRequest, newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import type { NotificationListener, Postgres } from '#platform/postgres';
import { OutboxBell } from './outbox-bell.js';

const noListener = { stop: () => Promise.resolve() } as unknown as NotificationListener;
const transaction = new AsyncLocalStorage<string>();

/** A bell, and where the first notification that it sends comes from. */
function aBell() {
  const sent = Promise.withResolvers<{ request: unknown; transaction: unknown }>();
  let count = 0;
  const query = () => {
    count += 1;
    sent.resolve({ request: currentRequest(), transaction: transaction.getStore() });
    return Promise.resolve();
  };
  const bell = new OutboxBell({ query } as unknown as Postgres, noListener);
  return { bell, sent: sent.promise, count: () => count };
}

describe('the bell of the outbox', () => {
  it('tells the relay of its own process at once', () => {
    const { bell } = aBell();
    let rings = 0;
    bell.onRing(() => (rings += 1));
    bell.ring();
    bell.ring();

    expect(rings).toBe(2);
    return bell.stop();
  });

  it('tells the others once for all that rang, whatever became of the request that rang first', async () => {
    const { bell, sent, count } = aBell();
    const deadline = new Deadline(60_000);
    runInRequest(newRequestContext({ deadline }), () => transaction.run('open', () => bell.ring()));
    bell.ring();
    deadline.end(new ClientDisconnected());

    expect(await sent).toEqual({ request: undefined, transaction: undefined });
    expect(count()).toBe(1);
  });

  it('tells the others nothing more when it is stopped', async () => {
    const { bell, sent, count } = aBell();
    bell.ring();
    await bell.stop();
    const { bell: next, sent: later } = aBell();
    next.ring();
    await Promise.race([sent, later]);

    expect(count()).toBe(0);
  });
});
