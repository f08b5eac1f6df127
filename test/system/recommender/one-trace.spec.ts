import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer, REDIS_SERVER, RedisServer } from '#platform/testing';
import { Api, type Answer } from '../support/api.js';
import type { OrderBody } from '../support/order-client.js';
import { OtlpStub } from '../support/otlp/otlp-stub.js';
import type { ReceivedSpan } from '../support/otlp/spans-in.js';
import { runningService, type RunningService } from '../support/running-service.js';
import { StoreClient, type ProductBody } from '../support/store-client.js';
import { customer } from '../support/tokens.js';

const UNHURRIED = { RECOMMENDER_TIMEOUT_MS: '5000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '4000' };
const ORDER_PLACED = 'orders.order-placed.v1';
/** Of a caller that has recorded its own part. */
const CALLER = '00f067aa0ba902b7';
const place = <Body>(quantity: number, headers: Record<string, string>): Promise<Answer<Body>> => {
  const body = { lines: [{ productId: product.id, quantity }] };
  return new Api(store.process.url).post<Body>('/v1/orders', body, { authorization: customer('ada'), ...headers });
};
const newTrace = (): string => randomBytes(16).toString('hex');
const sampled = (traceId: string) => ({ traceparent: `00-${traceId}-${CALLER}-01` });

let collector: OtlpStub;
let broker: NatsServer;
let redis: RedisServer;
let recommender: RunningService;
let store: RunningService;
let product: ProductBody;
let placed: OrderBody;
let orderTrace: readonly ReceivedSpan[];
const traceId = newTrace();

const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const found = spans.find((span) => span.name === name);
  if (!found) throw new Error(`No ${name} among ${spans.map((span) => span.name).join(', ')}`);
  return found;
};
/** The metrics of the store of which this trace is an example. */
const exemplifiedBy = async (trace: string): Promise<ReadonlySet<string | undefined>> => {
  const headers = { accept: 'application/openmetrics-text' };
  const text = await (await fetch(`${store.process.managementUrl}/metrics`, { headers })).text();
  const lines = text.split('\n').filter((line) => line.includes(`# {trace_id="${trace}"}`));
  return new Set(lines.map((line) => /^\w+/.exec(line)?.[0]));
};
/** From the span up to the first of the trace. */
const pathTo = (span: ReceivedSpan | undefined, spans: readonly ReceivedSpan[]): string[] => {
  if (!span) return [];
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...pathTo(parent, spans), `${span.service}: ${span.name}`];
};

describeWith(NATS_SERVER, 'with a broker', () =>
  describeWith(REDIS_SERVER, 'and a Redis, traces', () => {
    beforeAll(async () => {
      [collector, broker, redis] = [await OtlpStub.start(), await NatsServer.start(), await RedisServer.start()];
      const env = { ...collector.env, NATS_URL: broker.url, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=one%20key' };
      recommender = await runningService({ service: 'recommender', env });
      store = await runningService({
        env: { ...env, REDIS_URL: redis.url, RECOMMENDER_URL: recommender.process.url, ...UNHURRIED },
      });
      const keeper = new StoreClient(store.process.url);
      const { id } = await keeper.created({});
      product = (await keeper.turn(id, 'activate')).body;
      placed = (await place<OrderBody>(1, sampled(traceId))).body;
      orderTrace = await collector.trace(
        traceId,
        'store: POST /v1/orders',
        'store: PlaceOrder',
        'store: platform.commit',
        `store: publish ${ORDER_PLACED}`,
        `recommender: process ${ORDER_PLACED}`,
        'recommender: RecordPurchase',
      );
    }, 60_000);
    afterAll(async () => {
      await store?.stop();
      await recommender?.stop();
      await Promise.all([redis?.stop(), broker?.stop(), collector?.close()]);
    });

    describe('one order, through both services', () => {
      it('begins where the caller is, and is told of by the route and the user', () => {
        const server = named(orderTrace, 'POST /v1/orders');

        expect(server).toMatchObject({ service: 'store', kind: 'server', parentSpanId: CALLER, failed: false });
        expect(server.attributes).toMatchObject({
          'http.request.method': 'POST',
          'http.route': '/v1/orders',
          'http.response.status_code': 201,
          'url.path': '/v1/orders',
          'user.id': 'ada',
        });
      });

      it('shows the use case, and its SQL with no value in it', () => {
        const statements = orderTrace.filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
        const ofUseCase = statements.filter((span) => pathTo(span, orderTrace).includes('store: PlaceOrder'));

        expect(pathTo(ofUseCase[0], orderTrace).slice(0, 2)).toEqual(['store: POST /v1/orders', 'store: PlaceOrder']);
        expect(ofUseCase.length).toBeGreaterThan(1);
        expect(statements.map(({ name }) => name)).toContain('platform.commit');
        for (const { attributes, kind } of statements) {
          expect(kind).toBe('client');
          expect(String(attributes['db.query.text'])).not.toContain(product.id);
          expect(String(attributes['db.query.text'])).not.toContain(placed.id);
        }
      });

      it('goes through the outbox and the broker into the other service', () => {
        const learned = orderTrace.find(({ service, name }) => service === 'recommender' && name === 'RecordPurchase');
        const path = pathTo(learned, orderTrace);

        expect(path.slice(0, 1)).toEqual(['store: POST /v1/orders']);
        expect(path.slice(-3)).toEqual([
          `store: publish ${ORDER_PLACED}`,
          `recommender: process ${ORDER_PLACED}`,
          'recommender: RecordPurchase',
        ]);
        expect(named(orderTrace, `publish ${ORDER_PLACED}`)).toMatchObject({
          kind: 'producer',
          attributes: { 'messaging.system': 'nats', 'messaging.destination.name': ORDER_PLACED },
        });
        expect(named(orderTrace, `process ${ORDER_PLACED}`)).toMatchObject({
          kind: 'consumer',
          failed: false,
          attributes: { 'messaging.system': 'nats' },
        });
      });

      it('is found by its trace id in the logs of both, with the span of each', async () => {
        const [request, event] = await Promise.all([
          store.process.logged((line) => line.msg === 'request' && line['traceId'] === traceId),
          recommender.process.logged((line) => line.msg === 'event' && line['traceId'] === traceId),
        ]);

        expect(request['spanId']).toBe(named(orderTrace, 'POST /v1/orders').spanId);
        expect(event['spanId']).toBe(named(orderTrace, `process ${ORDER_PLACED}`).spanId);
      });

      it('has come with the key of whoever takes it', () => {
        expect(collector.headers[0]).toMatchObject({ 'api-key': 'one key', 'content-type': 'application/x-protobuf' });
      });
    });

    describe('a page with recommendations', () => {
      it('is one trace from the store to the statement of the recommender, with the attempt between, and Redis', async () => {
        const own = newTrace();
        await new Api(store.process.url).get(`/v1/products/${product.id}?include=recommendations`, sampled(own));
        const asked = await collector.span(
          ({ service, traceId: trace, kind }) => trace === own && service === 'recommender' && kind === 'client',
        );
        const spans = await collector.trace(
          own,
          'store: GET /v1/products/:id',
          'store: GET',
          'recommender: GET /v1/products/:id/recommendations',
          'recommender: RecommendationQueries.forProduct',
        );

        expect(pathTo(asked, spans)).toEqual(
          expect.arrayContaining([
            'store: GET /v1/products/:id',
            'store: GET',
            'recommender: GET /v1/products/:id/recommendations',
            'recommender: RecommendationQueries.forProduct',
          ]),
        );
        expect(spans.map(({ attributes }) => attributes['db.system.name'])).toContain('redis');
        expect(JSON.stringify(spans)).not.toContain('include=');
        expect(await exemplifiedBy(own)).toEqual(
          new Set(['http_server_request_duration_seconds_bucket', 'dependency_request_duration_seconds_bucket']),
        );
      });
    });

    describe('a failure', () => {
      it('has one trace id: that of the answer, of the log and of the span, which has its code', async () => {
        const own = newTrace();
        const answer = await place<{ traceId: string }>(90, sampled(own));
        const span = await collector.span(({ traceId: trace, kind }) => trace === own && kind === 'server');
        const line = await store.process.logged(({ msg, traceId: trace }) => msg === 'request' && trace === own);

        expect([answer.status, answer.body.traceId]).toEqual([409, own]);
        expect(span.attributes).toMatchObject({
          'error.type': 'orders.out-of-stock',
          'http.response.status_code': 409,
        });
        expect(span.failed).toBe(false); // it was refused, and nothing is wrong
        expect(line).toMatchObject({ errorCode: 'orders.out-of-stock', spanId: span.spanId });
      });

      it.each([
        'nonsense',
        `00-${'0'.repeat(32)}-${CALLER}-01`,
        `ff-${newTrace()}-${CALLER}-01`,
        `00-${newTrace()}-${CALLER}-01-x`,
      ])('after the traceparent %s begins a trace of its own', async (traceparent) => {
        const answer = await new Api(store.process.url).get<{ traceId: string }>('/nowhere', { traceparent });
        const span = await collector.span(({ traceId: trace }) => trace === answer.body.traceId);

        expect(span).toMatchObject({ name: 'GET', parentSpanId: '' });
        expect(traceparent).not.toContain(answer.body.traceId);
      });
    });
  }),
);
