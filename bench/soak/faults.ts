import { connect } from 'node:net';
import { blackHole, items, StubRecommender } from '../../libs/modules/catalog/testing/stub-recommender.ts';
import { TcpProxy } from '../../libs/platform/testing/tcp-proxy.ts';
import type { Scene } from '../scene/scene.ts';

/** What stands between the store and what it depends on. */
export interface Between {
  readonly postgres: TcpProxy;
  /** Null without a Redis. */
  readonly redis: TcpProxy | null;
  readonly recommender: StubRecommender;
}

/** Something that breaks, and is mended. */
export interface Fault {
  readonly name: string;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
}

/** Half a request, and then a reset: as of a telephone in a tunnel. So many in a fault. */
const ABORTS = 200;
const ABORT_EVERY_MS = 20;
const HALF_A_PAGE = 'GET /v1/products?limit=20 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

export async function standBetween({ database, redis, cleanup }: Scene): Promise<Between> {
  const postgres = cleanup.keep(await TcpProxy.opened(database.url), (proxy) => proxy.close());
  const toRedis = redis && cleanup.keep(await TcpProxy.opened(redis.url), (proxy) => proxy.close());
  const recommender = cleanup.keep(await StubRecommender.listening(), (stub) => stub.close());
  return { postgres, redis: toRedis, recommender };
}

/** In the order in which they come round. */
export function faultsOf({ postgres, redis, recommender }: Between, url: () => string, recommended: string): Fault[] {
  const well = (): void => recommender.answers(items({ productId: recommended, score: 1 }));
  well();
  return [
    { name: 'none', begin: () => undefined, end: () => undefined },
    { name: 'the recommender hangs up', begin: () => recommender.answers((response) => response.destroy()), end: well },
    { name: 'the recommender says nothing', begin: () => recommender.answers(blackHole), end: well },
    ...(redis ? [{ name: 'Redis is cut off', begin: () => redis.close(), end: () => redis.open() }] : []),
    { name: 'Postgres is cut off', begin: () => postgres.close(), end: () => postgres.open() },
    { name: 'clients go away', begin: () => abortRequests(url()), end: () => undefined },
  ];
}

function abortRequests(url: string): void {
  let left = ABORTS;
  const timer = setInterval(() => {
    left -= 1;
    if (left === 0) clearInterval(timer);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(HALF_A_PAGE, () => socket.resetAndDestroy());
  }, ABORT_EVERY_MS);
}
