import { randomBytes } from 'node:crypto';
import { TestIssuer } from '../../../libs/platform/testing/test-issuer.ts';
import { startEmbeddedPostgres } from '../../embedded-postgres/index.ts';
import { FaultProxy } from '../../fault-proxy/fault-proxy.ts';
import { ok } from '../../stub-recommender/behaviours.ts';
import type { Behaviour } from '../../stub-recommender/exchange.ts';
import { StubRecommender } from '../../stub-recommender/stub-recommender.ts';
import type { Cleanup } from '../../start-system/cleanup.ts';
import { createDatabase, type Database, rowsOf, runEntry } from './databases.ts';
import { forgetIn } from './given.ts';
import type { Log } from './log.ts';
import { refuseOtherSchemes, serviceFor, type ServiceName } from './services.ts';
import type { StageOptions } from './stage.ts';

const RECOMMENDED = 5;
const SERVICES: readonly ServiceName[] = ['redis', 'nats'];

/** What the replicas depend on. */
export interface Given {
  readonly serverUrl: string;
  readonly database: Database;
  readonly issuer: TestIssuer;
  readonly recommender: StubRecommender;
  /** What the recommender says when nothing is wrong. */
  readonly wellBehaved: Behaviour;
  readonly ways: { readonly postgres: FaultProxy } & Partial<Record<ServiceName, FaultProxy>>;
  readonly urls: Partial<Record<ServiceName, string>>;
  readonly absent: Partial<Record<ServiceName, string>>;
  /** Names of our own in servers that are shared with others. */
  readonly own: Readonly<Record<string, string>>;
}

type Options = Pick<StageOptions, 'env' | 'release' | 'tell' | 'signal' | 'database'>;

/** Starts all that is not there, and brings a database up to date. @throws Refusal where something can't be had */
export async function openHouse(options: Options, log: Log, cleanup: Cleanup): Promise<Given> {
  const name = `verify-${randomBytes(4).toString('hex')}`;
  const own = { REDIS_KEY_PREFIX: name, NATS_STREAM: name };
  const urls: Partial<Record<ServiceName, string>> = {};
  const absent: Partial<Record<ServiceName, string>> = {};
  for (const kind of SERVICES) {
    const service = await serviceFor(kind, options.env, log);
    if (typeof service === 'string') {
      absent[kind] = service;
      options.tell(`${kind}: ${service}`);
      continue;
    }
    urls[kind] = cleanup.keep(service, (made) => made.stop()).url;
    if (service.given) cleanup.keep(service, ({ url }) => forgetIn(kind, url, name));
  }
  const serverUrl = await postgresFor(options, cleanup);
  const issuer = cleanup.keep(await TestIssuer.listening(), (made) => made.close());
  const given = await options.database?.();
  const database = cleanup.keep(given ?? (await createDatabase(serverUrl)), (made) => made.drop());
  if (!given) await furnish(database, issuer, options);
  const wellBehaved = await recommendingFrom(database);
  const recommender = cleanup.keep(await StubRecommender.start(wellBehaved), (made) => made.stop());
  const way = async (url: string): Promise<FaultProxy> =>
    cleanup.keep(await FaultProxy.to(url), (made) => made.close());
  const ways = {
    postgres: await way(database.serviceUrl),
    ...(urls.redis !== undefined && { redis: await way(urls.redis) }),
    ...(urls.nats !== undefined && { nats: await way(urls.nats) }),
  };
  return { serverUrl, database, issuer, recommender, wellBehaved, ways, urls, absent, own };
}

/** The server that is given, or an embedded one for as long as this runs. */
async function postgresFor({ env, tell, signal }: Options, cleanup: Cleanup): Promise<string> {
  const given = env['VERIFY_DATABASE_URL']?.trim();
  if (given) {
    refuseOtherSchemes('VERIFY_DATABASE_URL', given, ['postgres:', 'postgresql:']);
    return given;
  }
  const postgres = await startEmbeddedPostgres({ ephemeral: true, signal });
  tell('an embedded Postgres is up');
  return cleanup.keep(postgres, (made) => made.stop()).url;
}

/** As a deployment does it: migrated as the migrator. Sample data is not for production, so its step runs as a test. */
async function furnish(database: Database, issuer: TestIssuer, { release, tell, signal }: Options): Promise<void> {
  const { migratorUrl, serviceUrl } = database;
  await runEntry(release, 'migrate', { NODE_ENV: 'production', DATABASE_MIGRATOR_URL: migratorUrl }, { signal });
  await runEntry(release, 'seed', { NODE_ENV: 'test', DATABASE_URL: serviceUrl, ...issuer.env }, { signal });
  tell('a database is migrated and seeded');
}

/** Some other products that are on sale. */
async function recommendingFrom({ adminUrl }: Database): Promise<Behaviour> {
  const rows = await rowsOf<{ id: string }>(
    adminUrl,
    `SELECT id FROM catalog.products WHERE status = 'active' ORDER BY id LIMIT $1`,
    [RECOMMENDED + 1],
  );
  return ok((productId) =>
    rows
      .filter(({ id }) => id !== productId)
      .slice(0, RECOMMENDED)
      .map(({ id }, place) => ({ productId: id, score: 1 - place / 10 })),
  );
}
