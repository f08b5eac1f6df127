import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshKey } from '../support/idempotency-key.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { storekeeper } from '../support/tokens.js';
import { runningStore, type RunningStore } from '../support/running-store.js';

const ATTEMPTS = 30;

const product = (sku: string) =>
  JSON.stringify({ sku, name: 'Mug', category: 'tableware', price: { amount: 1, currency: 'EUR' }, stock: 1 });

describe('garbage that follows a whole request on its connection', () => {
  let running: RunningStore;

  beforeAll(async () => {
    running = await runningStore();
  });
  afterAll(() => running.stop());

  it('does not turn the answer of a write that was carried out into a refusal', async () => {
    const outcomes = new Set<string>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const connection = await RawConnection.to(running.store.url);
      connection.send(requestBytes({ method: 'POST', path: '/v1/products', body: product(`TRAIL-${attempt}`) }));
      if (attempt % 2 === 0) await new Promise((resolve) => setImmediate(resolve)); // now apart, now in one packet
      connection.send('\u0000garbage\r\n\r\n');
      const answer = await connection.answer();
      await connection.rest(); // the server ends the connection, whichever of the two came first
      const again = await fetch(`${running.store.url}/v1/products`, {
        method: 'POST',
        headers: { authorization: storekeeper(), 'content-type': 'application/json', ...freshKey() },
        body: product(`TRAIL-${attempt}`),
      });
      outcomes.add(`${answer.status}, and then ${again.status}`);
      connection.close();
    }

    // Told of its creation, the product is there; refused, it was never made.
    expect([...outcomes].filter((outcome) => !['201, and then 409', '400, and then 201'].includes(outcome))).toEqual(
      [],
    );
    expect(outcomes).toContain('201, and then 409');
  });
});
