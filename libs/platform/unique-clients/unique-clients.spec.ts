import { beforeEach, describe, expect, it } from '@jest/globals';
import { newRequestContext, currentRequest, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { UniqueClientsHandOver } from './unique-clients-hand-over.js';
import { UniqueClientsStore } from './unique-clients-store.js';
import { addressOf } from './testing/unique-clients-store.contract.js';
import { SEEN_MAX, UniqueClients } from './unique-clients.js';

/** Takes as long as the test likes. */
class SlowStore extends UniqueClientsStore {
  readonly handed: (readonly string[])[] = [];
  readonly requests: unknown[] = [];
  private waiting: (() => void)[] = [];

  override add(addresses: readonly string[]): Promise<void> {
    this.handed.push(addresses);
    this.requests.push(currentRequest());
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  override counts() {
    return Promise.resolve({ minute: this.handed.flat().length, day: 0 });
  }

  done(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }
}

describe('UniqueClients', () => {
  let store: SlowStore;
  let clients: UniqueClients;
  beforeEach(() => {
    store = new SlowStore();
    clients = new UniqueClients(store);
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('hands on each client once, with the next hand-over', async () => {
    for (const address of ['a', 'b', 'a']) clients.note(address);
    expect(store.handed).toEqual([]);
    void clients.handOn();
    await turn();
    clients.note('a');
    store.done();
    void clients.handOn();
    await turn();

    expect(store.handed).toEqual([['a', 'b'], ['a']]);
  });

  it('hands on all that was seen before it counts', async () => {
    clients.note('a');
    const counts = clients.counts();
    await turn();
    store.done();

    expect(await counts).toMatchObject({ minute: 1 });
  });

  it('has one hand-over at a time, and waiting ones share the next', async () => {
    clients.note('a');
    const first = clients.handOn();
    await turn();
    clients.note('b');
    const more = [clients.handOn(), clients.counts(), clients.handOn()];
    await turn();
    expect(store.handed).toEqual([['a']]);
    store.done();
    await first;
    await turn();
    expect(store.handed).toEqual([['a'], ['b']]);
    store.done();
    await Promise.all(more);
  });

  it('holds so many and no more; one more is handed over at once, for no request in particular', async () => {
    const request = newRequestContext({ deadline: new Deadline(1_000) });
    runInRequest(request, () => {
      for (let n = 0; n < SEEN_MAX + 500; n += 1) clients.note(addressOf(n));
    });
    await turn();

    expect(store.handed.map((addresses) => addresses.length)).toEqual([SEEN_MAX]);
    expect(store.requests).toEqual([undefined]);
    clients.note('after');
    store.done();
    void clients.handOn();
    await turn();
    expect(store.handed[1]).toEqual(['after']);
  });

  it('hands on the last ones as the service ends', async () => {
    const work = new UniqueClientsHandOver(clients);
    work.start();
    clients.note('a');
    const stopped = work.stop();
    await turn();
    store.done();
    await stopped;

    expect(store.handed).toEqual([['a']]);
  });
});
