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
  /** Whether requests may be refused meanwhile: what pages can do without breaks none. */
  readonly breaks: boolean;
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
}

/** A connection that is reset as that of a telephone in a tunnel, so often. */
const ABORT_EVERY_MS = 20;
/** Before the end of a head, in the middle of a body, and when the answer is being made. */
const HEAD = 'HTTP/1.1\r\nhost: 127.0.0.1\r\n';
const CUT_OFF = [
  `GET /v1/products?limit=20 ${HEAD}`,
  `POST /v1/orders ${HEAD}content-type: application/json\r\ncontent-length: 100\r\n\r\n{"lines":[`,
  `GET /v1/products?limit=20 ${HEAD}\r\n`,
];

export async function standBetween({ database, redis, cleanup }: Scene): Promise<Between> {
  const postgres = cleanup.keep(await TcpProxy.opened(database.url), (proxy) => proxy.close());
  const toRedis = redis && cleanup.keep(await TcpProxy.opened(redis.url), (proxy) => proxy.close());
  const recommender = cleanup.keep(await StubRecommender.listening(), (stub) => stub.close());
  return { postgres, redis: toRedis, recommender };
}

/** In the order in which they come round. */
export function faultsOf({ postgres, redis, recommender }: Between, url: () => string, recommended: string): Fault[] {
  const well = (): void => recommender.answers(items({ productId: recommended, score: 1 }));
  const hangUp = (): void => recommender.answers((response) => response.destroy());
  const sayNothing = (): void => recommender.answers(blackHole);
  well();
  let goingAway: NodeJS.Timeout | undefined;
  return [
    { name: 'none', breaks: false, begin: () => undefined, end: () => undefined },
    { name: 'the recommender hangs up', breaks: false, begin: hangUp, end: well },
    { name: 'the recommender says nothing', breaks: false, begin: sayNothing, end: well },
    ...(redis
      ? [{ name: 'Redis is cut off', breaks: false, begin: () => redis.close(), end: () => redis.open() }]
      : []),
    { name: 'Postgres is cut off', breaks: true, begin: () => postgres.close(), end: () => postgres.open() },
    {
      name: 'clients go away',
      breaks: false,
      begin: () => void (goingAway = abortRequests(url())),
      end: () => clearInterval(goingAway),
    },
  ];
}

function abortRequests(url: string): NodeJS.Timeout {
  let count = 0;
  return setInterval(() => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(CUT_OFF[count % CUT_OFF.length] ?? '', () => socket.resetAndDestroy());
    count += 1;
  }, ABORT_EVERY_MS);
}
