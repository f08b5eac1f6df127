import { randomBytes } from 'node:crypto';
import type { Stage } from '../../stage/stage.ts';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { whileRefusing } from './refusing-table.ts';

/** By the line of this request the log is known to be whole. */
const LAST_ID = `verify-${randomBytes(8).toString('hex')}`;

/** Found nowhere else by chance; letters and digits, which no escape changes. */
const canary = (): string => `c4nary${randomBytes(9).toString('hex')}`;

/** Sabotage that this is for: a log that tells what it gets. Run last: all that any process has written is looked at. */
export const SECRETS: Trial = {
  promise: 'D1',
  says: 'No log holds a secret, whatever was sent, and whatever failed',
  how: 'secrets in each place of requests that are answered, refused, and fail in the database; then the logs of the run',

  run: async (stage) => {
    const { log } = stage;
    const planted = await plant(stage);
    const texts = log.lines.map(({ who, text }) => ({ who, text }));
    const faults = [...planted].flatMap(([place, secret]) => {
      const found = texts.find(({ text }) => text.includes(secret));
      return found ? [`${place} in the log of ${found.who}`] : [];
    });
    if (log.dropped > 0) faults.push(`${log.dropped} lines, which nobody has looked at, were more than is kept`);
    return allOf(planted.size, `secrets are in none of ${texts.length} lines`, faults);
  },
};

async function plant(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const { first, database, ways } = stage;
  const secrets = new Map<string, string>();
  const at = (place: string): string => {
    const secret = canary();
    secrets.set(place, secret);
    return secret;
  };
  const keeper = stage.bearer('verify-secrets', 'catalog:write');
  secrets.set('an access token', keeper.slice('Bearer '.length));
  secrets.set("the password of the service's role", decodeURIComponent(new URL(database.serviceUrl).password));
  secrets.set("the password of the migrator's role", decodeURIComponent(new URL(database.migratorUrl).password));
  const headers = {
    cookie: `session=${at('Cookie')}`,
    'x-api-key': at('x-api-key'),
    referer: `https://shop.example/?session=${at('Referer')}`,
    baggage: `user=${at('baggage')}`,
  };
  await first.ask(`/v1/products?voucher=${at('an unknown query value')}`, { headers });
  await first.ask(`/v1/products?cursor=${at('a cursor')}`, { headers });
  await first.ask(`/nowhere?token=${at('a query value of no route')}`, { headers });
  await first.ask('/v1/orders', { headers: { authorization: `Bearer ${at('a token that is none')}` } });
  await first.ask('/v1/orders', { headers: { authorization: `Basic ${at('Basic credentials')}` } });
  const create = async (what: string, body: object): Promise<void> => {
    const own = { authorization: keeper, 'idempotency-key': at(`the key of ${what}`), ...headers };
    await first.ask('/v1/products', { method: 'POST', headers: own, body });
  };
  await create('a refused body', { voucher: at('an unknown field'), name: '' });
  const product = (what: string): object => ({
    sku: `SECRET-${randomBytes(4).toString('hex').toUpperCase()}`,
    name: 'Verified mug',
    description: at(`the body of ${what}`),
    category: 'verify-shelf',
    price: { amount: 100, currency: 'EUR' },
    stock: 1,
  });
  await create('an accepted body', product('what is accepted'));
  await whileRefusing(database, () => create('a failure', product('a failure, which the database quotes')));
  await ways.postgres.down();
  await create('an outage', product('an outage'));
  await ways.postgres.up();
  await first.ask('/verify/last', { headers: { 'x-request-id': LAST_ID } });
  await first.logged(({ msg, requestId }) => msg === 'request' && requestId === LAST_ID);
  return secrets;
}
