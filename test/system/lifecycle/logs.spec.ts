import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentedLogFields } from '../support/documented-log-fields.js';
import { freePort } from '../support/free-port.js';
import { createSampleProduct, rename } from '../support/sample-product.js';
import { storeDatabase } from '../support/store-database.js';
import { storekeeper } from '../support/tokens.js';
import { StoreProcess, type LogLine } from '../support/store-process.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const REQUEST_ID = 'req-lifecycle-0001';

/** One planted secret for each place that a client, or whoever deploys, can put one. */
const CANARIES = {
  authorization: 'canary-bearer-1b7f',
  cookie: 'canary-cookie-82aa',
  header: 'canary-header-c04d',
  query: 'canary-query-55e1',
  queryOfUnknownRoute: 'canary-query-9f30',
  body: 'canary-body-e7d2',
  password: 'canary-password-3c91',
} as const;

describe('the log of a store from its start to its end', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeAll(async () => {
    database = await storeDatabase();
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl, env: { LOG_LEVEL: 'trace' } });
    await store.ready();
    await visit(store);
    store.signal('SIGTERM');
    await store.exited;
  });

  afterAll(async () => {
    await store.stop();
    await database.drop();
  });

  it('is JSON, each line, with time, level, service and message', () => {
    expect(store.stdout.length).toBeGreaterThan(8);
    expect(store.logs).toHaveLength(store.stdout.length);
    for (const line of store.logs) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(trace|debug|info|warn|error|fatal)$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
        service: 'store',
        msg: expect.any(String),
      });
    }
  });

  it('ends with the line that tells of the end', () => {
    expect(store.logs.at(-1)).toMatchObject({ level: 'info', msg: 'stopped', exitCode: 0 });
    expect(store.stderr).toEqual([]);
  });

  it('has one line for each answer', () => {
    const answers = accessLines(store).map(({ method, route, status }) => [method, route, status].join(' '));

    expect(answers.sort()).toEqual([
      'GET (unmatched) 404',
      'GET /v1/products 200',
      'GET /v1/products 400',
      'PATCH /v1/products/:id 200',
      'PATCH /v1/products/:id 412',
      'POST /v1/products 201',
      'POST /v1/products 400',
      'POST /v1/products 401',
    ]);
  });

  it('names in each of these the request, the trace, and how long it took', () => {
    for (const line of accessLines(store)) {
      expect(line).toMatchObject({
        requestId: expect.stringMatching(/^\S{8,}$/),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        durationMs: expect.any(Number),
      });
    }
  });

  it('has the fields that the guide tells of, of these types, and no others', () => {
    const documented = documentedLogFields();
    const unknown = store.logs.flatMap((line) =>
      Object.entries(line)
        .filter(([name, value]) => value !== null && documented.get(name) !== typeof value)
        .map(([name, value]) => `${name}: ${typeof value}, in ${line.msg}`),
    );

    expect([...new Set(unknown)]).toEqual([]);
    for (const line of accessLines(store)) {
      expect(line).toMatchObject({ deadlineLeftMs: expect.any(Number), path: expect.any(String) });
    }
  });

  it('says of each line of a request which route that is', () => {
    const ofRequests = store.logs.filter(({ requestId }) => requestId !== undefined);

    expect(ofRequests.filter(({ route }) => typeof route !== 'string')).toEqual([]);
  });

  it('keeps the ids that the client sent', () => {
    const line = accessLines(store).find(({ requestId }) => requestId === REQUEST_ID);

    expect(line).toMatchObject({ method: 'GET', route: '/v1/products', status: 200, traceId: TRACE_ID });
  });

  it.each(Object.entries(CANARIES))('holds no %s', (_place, secret) => {
    expect([...store.stdout, ...store.stderr].filter((line) => line.includes(secret))).toEqual([]);
  });
});

describe('the log of a store whose Postgres is not there', () => {
  const REQUESTS = 7;
  const REPEATED_MAX = 2;
  const CODE = 'platform.database-unavailable';
  const RUNBOOK = `docs/runbooks/${CODE}.md`;
  let store: StoreProcess;
  let answers: readonly { readonly requestId: string; readonly code: string }[];

  beforeAll(async () => {
    const databaseUrl = `postgres://store:${CANARIES.password}@127.0.0.1:${await freePort()}/store`;
    const env = { LOG_LEVEL: 'info', LOG_REPEAT_MAX: String(REPEATED_MAX), LOG_REPEAT_WINDOW_SECONDS: '600' };
    store = await StoreProcess.start({ databaseUrl, env });
    await store.logged(({ level, msg }) => level === 'warn' && msg.includes('Postgres'));
    const ask = async () => (await fetch(`${store.url}/v1/products`)).json();
    answers = (await Promise.all(Array.from({ length: REQUESTS }, ask))) as typeof answers;
    await fetch(`${store.managementUrl}/log-level`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ level: 'debug', forSeconds: 60 }),
    });
    store.signal('SIGTERM');
    await store.exited;
  });

  afterAll(() => store.stop());

  it('tells of it without the password', () => {
    const output = [...store.stdout, ...store.stderr].join('\n');

    expect(output).toContain('request failed');
    expect(output).not.toContain(CANARIES.password);
  });

  it('has the line of each request, with what was answered and where to go on', () => {
    expect(answers.map(({ code }) => code)).toEqual(Array(REQUESTS).fill(CODE));
    for (const { requestId } of answers) {
      const line = accessLines(store).find((each) => each.requestId === requestId);
      expect(line).toMatchObject({ level: 'warn', status: 503, errorCode: CODE, runbook: RUNBOOK });
      expect(line).not.toHaveProperty('err');
    }
  });

  it('has the causes a few times, and at the end how many more there were', () => {
    const failures = store.logs.filter(({ msg }) => msg === 'request failed');
    const summaries = store.logs.filter(({ msg }) => msg.endsWith('more lines like this in 600 s: request failed'));

    expect(failures).toHaveLength(REPEATED_MAX);
    for (const line of failures) {
      expect(line).toMatchObject({ errorCode: CODE, runbook: RUNBOOK, err: { type: 'DatabaseUnavailable' } });
      expect(answers.map(({ requestId }) => requestId)).toContain(line['requestId']);
    }
    expect(summaries).toMatchObject([{ level: 'warn', errorCode: CODE, suppressed: REQUESTS - REPEATED_MAX }]);
  });

  it('tells of who has changed its level', () => {
    const changes = store.logs.filter(({ msg }) => msg === 'log level changed');

    expect(changes).toMatchObject([{ level: 'warn', from: 'info', to: 'debug', clientAddress: '127.0.0.1' }]);
  });

  it('has the fields that the guide tells of', () => {
    const documented = documentedLogFields();

    expect(store.logs.flatMap((line) => Object.keys(line)).filter((name) => !documented.has(name))).toEqual([]);
  });
});

/** Visits each kind of answer, with a secret in each place that has room for one. */
async function visit({ url }: StoreProcess): Promise<void> {
  const headers = {
    authorization: `Bearer ${CANARIES.authorization}`,
    cookie: `session=${CANARIES.cookie}`,
    'x-api-key': CANARIES.header,
    'x-request-id': REQUEST_ID,
    traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`,
  };
  await fetch(`${url}/v1/products`, { headers });
  await fetch(`${url}/v1/products?voucher=${CANARIES.query}`, { headers: { authorization: CANARIES.authorization } });
  await fetch(`${url}/nowhere?invite=${CANARIES.queryOfUnknownRoute}`);
  await fetch(`${url}/v1/products`, {
    method: 'POST',
    headers: {
      authorization: storekeeper(),
      'content-type': 'application/json',
      'idempotency-key': 'lifecycle-0001',
    },
    body: JSON.stringify({ name: CANARIES.body }),
  });
  await fetch(`${url}/v1/products`, { method: 'POST', headers });
  const product = await createSampleProduct(url);
  await rename(product, CANARIES.body);
  await rename(product, CANARIES.body); // its ETag is stale by now
}

const accessLines = (store: StoreProcess): LogLine[] =>
  store.logs.filter((line) => 'durationMs' in line && 'route' in line);
