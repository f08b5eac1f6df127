import { randomUUID } from 'node:crypto';
import { freshKey } from './idempotency-key.js';
import { storekeeper } from './tokens.js';

export interface SampleProduct {
  readonly id: string;
  readonly url: string;
  readonly etag: string;
}

/** Creates a product over the API of a ready store. */
export async function createSampleProduct(storeUrl: string): Promise<SampleProduct> {
  const answer = await fetch(`${storeUrl}/v1/products`, {
    method: 'POST',
    headers: { authorization: storekeeper(), 'content-type': 'application/json', ...freshKey() },
    body: JSON.stringify({
      sku: `SKU-${randomUUID().slice(0, 8).toUpperCase()}`,
      name: 'Enamel mug',
      category: 'tableware',
      price: { amount: 1490, currency: 'EUR' },
      stock: 12,
    }),
  });
  if (answer.status !== 201) throw new Error(`No sample product: ${answer.status} ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  return { id, url: `${storeUrl}/v1/products/${id}`, etag: answer.headers.get('etag') ?? '' };
}

/** A change of its name; the answer comes when the row is free. */
export const rename = ({ url, etag }: SampleProduct, name: string): Promise<Response> =>
  fetch(url, {
    method: 'PATCH',
    headers: { authorization: storekeeper(), 'content-type': 'application/json', 'if-match': etag },
    body: JSON.stringify({ name }),
  });
