import type { ServerResponse } from 'node:http';

/** One request that the stub got, as the contract describes it, and the answer that a behaviour gives to it. */
export interface Exchange {
  readonly productId: string;
  readonly limit: number;
  readonly response: ServerResponse;
  /** Aborted when the client has gone, or the stub stops. */
  readonly gone: AbortSignal;
}

export type Behaviour = (exchange: Exchange) => void | Promise<void>;

export interface Recommendation {
  readonly productId: string;
  readonly score: number;
}

/** Resolves when the bytes have left for the socket, or when the client has gone: a slow reader costs no memory. */
export async function written({ response, gone }: Exchange, bytes: Buffer | string): Promise<void> {
  if (gone.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onGone = (): void => resolve();
  gone.addEventListener('abort', onGone, { once: true });
  response.write(bytes, () => resolve());
  await promise;
  gone.removeEventListener('abort', onGone);
}

/** A wait that ends early when the client has gone. */
export async function pause({ gone }: Exchange, ms: number): Promise<void> {
  if (gone.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onGone = (): void => resolve();
  gone.addEventListener('abort', onGone, { once: true });
  const timer = setTimeout(resolve, ms);
  await promise;
  clearTimeout(timer);
  gone.removeEventListener('abort', onGone);
}
