import { randomBytes } from 'node:crypto';
import { countByStatus, type Sample } from '../../../../test/system/support/metrics.ts';
import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { pollUntil } from '../../../process/wait.ts';
import type { Question } from '../../stage/ask.ts';
import { PATIENT_DATABASE } from '../../stage/slack.ts';
import type { Replica } from '../../stage/replica.ts';
import type { Stage } from '../../stage/stage.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilWaiting } from '../faults/waiting-statements.ts';
import { whileRefusing } from './refusing-table.ts';

const IN_FLIGHT_MAX = 2;
const EACH = 3;
const RATE_MAX = 40;
/** Above HTTP_HEADERS_LIMIT_BYTES, 16 KiB unless set. */
const LARGE_HEADER_BYTES = 20_000;
/** What is in flight then is answered by 504. */
const REQUEST_MS = 4_000;
/** A client is known to the others after a second; the rest is for a machine that does something else. */
const KNOWN_MS = 10_000;
const LIST = '/v1/products?limit=1';

const EXPECTED = { 429: EACH, 431: EACH, 500: EACH, 503: EACH, 504: IN_FLIGHT_MAX };

/** Sabotages that this is for: a counter that misses what no handler has answered, and clients that nobody notes. */
export const COUNTED_REFUSALS: Trial = {
  promise: 'D2',
  says: 'What is shed, limited, too late, too large or broken is counted as well, and so is who asked',
  how: '3 each of 429, 431, 500 and 503 and two 504, at a replica with small limits; /metrics before and after',

  run: async (stage) => {
    const env = {
      ...PATIENT_DATABASE,
      SHED_IN_FLIGHT_MAX: String(IN_FLIGHT_MAX),
      REQUEST_TIMEOUT_MS: String(REQUEST_MS),
      RATE_LIMIT_MAX: String(RATE_MAX),
      RATE_LIMIT_WINDOW_SECONDS: '600',
      TRUST_PROXY: '127.0.0.1',
    };
    const replica = await (await stage.extra(env)).ready();
    const before = await replica.settledMetrics();
    const answered = countedIn(await everyRefusal(stage, replica));
    const after = await replica.settledMetrics();
    const [was, is] = [countByStatus(before), countByStatus(after)];
    const counted = Object.fromEntries(
      Object.keys(EXPECTED).map((status) => [status, (is[status] ?? 0) - (was[status] ?? 0)]),
    );
    const known = async (): Promise<true | null> => clientsIn(await replica.metrics()) > clientsIn(before) || null;
    return together([
      fact('answered', JSON.stringify(answered), JSON.stringify(EXPECTED)),
      fact('counted', JSON.stringify(counted), JSON.stringify(EXPECTED)),
      fact('unique_clients has grown', await pollUntil(known, { timeoutMs: KNOWN_MS }), true),
    ]);
  },
};

/** The statuses, each of its kind from an address of its own, so that one limit is not met while another is tried. */
async function everyRefusal(stage: Stage, replica: Replica): Promise<number[]> {
  const { database } = stage;
  const statuses: number[] = [];
  const send = async (host: number, path: string, { headers, ...question }: Question = {}): Promise<void> => {
    const from = { 'x-forwarded-for': `198.51.100.${host}`, ...headers };
    statuses.push((await replica.ask(path, { ...question, headers: from })).status);
  };
  const lock = await RowLock.onTable(database.adminUrl, 'catalog.products');
  stage.later(() => lock.release());
  const late = Promise.all(Array.from({ length: IN_FLIGHT_MAX }, () => send(1, LIST)));
  await untilWaiting(database, IN_FLIGHT_MAX);
  for (let n = 0; n < EACH; n += 1) await send(2, LIST);
  await late;
  await lock.release();
  for (let n = 0; n < EACH; n += 1) await send(3, LIST, { headers: { 'x-large': 'x'.repeat(LARGE_HEADER_BYTES) } });
  await whileRefusing(database, async () => {
    for (let n = 0; n < EACH; n += 1) await send(4, '/v1/products', aProduct(stage));
  });
  for (let n = 0; n < RATE_MAX + EACH; n += 1) await send(5, '/verify/nowhere');
  return statuses;
}

function aProduct(stage: Stage): Question {
  const sku = `COUNTED-${randomBytes(4).toString('hex').toUpperCase()}`;
  const price = { amount: 100, currency: 'EUR' };
  return {
    method: 'POST',
    headers: { authorization: stage.bearer(`verify-${sku}`, 'catalog:write'), 'idempotency-key': sku },
    body: { sku, name: 'Verified mug', category: 'verify-shelf', price, stock: 1 },
  };
}

const countedIn = (statuses: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    Object.keys(EXPECTED).map((status) => [status, statuses.filter((each) => String(each) === status).length]),
  );

const clientsIn = (samples: readonly Sample[]): number =>
  samples.find(({ name, labels }) => name === 'unique_clients' && labels['window'] === 'minute')?.value ?? NaN;
