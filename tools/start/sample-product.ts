const REQUEST_TIMEOUT_MS = 5_000;

export interface SampleProduct {
  readonly id: string;
  /** The entity tag as the header gives it, with its quotes. */
  readonly etag: string | null;
}

/** One product that is really there, for the commands of the banner; null where the shop is empty, or doesn't tell. */
export async function findSampleProduct(api: string): Promise<SampleProduct | null> {
  try {
    const list = (await (await get(`${api}/v1/products?limit=1`)).json()) as { items?: { id?: unknown }[] };
    const id = list.items?.[0]?.id;
    // It will stand in a shell command: nothing but a UUID's characters.
    if (typeof id !== 'string' || !/^[\w-]+$/.test(id)) return null;
    const product = await get(`${api}/v1/products/${id}`);
    await product.body?.cancel();
    const etag = product.headers.get('etag');
    return { id, etag: etag !== null && /^(W\/)?"[\w.:-]*"$/.test(etag) ? etag : null };
  } catch {
    return null;
  }
}

function get(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
}
