import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS, withConnection } from '#platform/testing';
import { Api } from '../../system/support/api.js';
import { readMetrics, type Sample } from '../../system/support/metrics.js';
import { OtlpStub, type Behaviour } from '../../system/support/otlp/otlp-stub.js';
import { ServiceProcess } from '../../system/support/service-process.js';
import { storeDatabase } from '../../system/support/store-database.js';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';
import { peakMemoryDuring } from '../support/probes/memory.js';

type Database = Awaited<ReturnType<typeof storeDatabase>>;

const RATE_PER_SECOND = 60;
const PHASE_MS = 3_000;
/** So few that each fault fills the queue: a phase is some 700 spans, and a batch that fails is tried for five seconds. */
const TIGHT = {
  OTEL_BSP_MAX_QUEUE_SIZE: '100',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '50',
  OTEL_EXPORTER_OTLP_TIMEOUT: '5000',
  OTEL_BSP_EXPORT_TIMEOUT: '5000',
};
/** Of a heap that is not collected at every moment: no bound of the queue, which is seen by what it drops. */
const GROWTH_MAX_BYTES = 60_000_000;
/** `TRACE_FLUSH_MAX_MS` of the shutdown, and what else it takes. */
const SHUTDOWN_MAX_MS = 2_000 + 1_000 + SLACK_MS;

const PROCESSED = 'otel_sdk_processor_span_processed_total';

const lostOf = (samples: readonly Sample[], name: string): number =>
  samples
    .filter((sample) => sample.name === name && sample.labels['error_type'] !== '')
    .reduce((sum, { value }) => sum + value, 0);

describe('a collector that is', () => {
  let collector: OtlpStub;
  let database: Database;
  let store: ServiceProcess;
  let well: Awaited<ReturnType<typeof phase>>;

  /** Since the start, for want of room in the queue. */
  const droppedSpans = async (): Promise<number> => {
    const samples = await readMetrics(store.managementUrl);
    const full = ({ name, labels }: Sample) => name === PROCESSED && labels['error_type'] === 'queue_full';
    return samples.find(full)?.value ?? 0;
  };
  const phase = async () => {
    const load = OpenLoopLoad.start({
      url: store.url,
      request: { path: '/v1/products?limit=5' },
      ratePerSecond: RATE_PER_SECOND,
      durationMs: PHASE_MS,
    });
    const { residentBytes } = await peakMemoryDuring(store.managementUrl, () => load.finished);
    const { byResult, p99Ms } = (await load.finished).summary();
    return { byResult, p99Ms, residentBytes, dropped: await droppedSpans() };
  };

  beforeAll(async () => {
    [collector, database] = [await OtlpStub.start(), await storeDatabase()];
    store = await ServiceProcess.start({ databaseUrl: database.serviceUrl, env: { ...collector.env, ...TIGHT } });
    await store.ready();
    await phase(); // the first answers of a process are its slowest
    well = await phase();
  }, 60_000);
  afterAll(async () => {
    await store?.stop();
    await Promise.all([collector?.close(), database?.drop()]);
  });

  const staysUnnoticed = async (): Promise<void> => {
    const droppedBefore = await droppedSpans();
    const { byResult, p99Ms, residentBytes, dropped } = await phase();

    expect(byResult).toEqual({ 200: (RATE_PER_SECOND * PHASE_MS) / 1_000 });
    expect(p99Ms).toBeLessThan(well.p99Ms + SLACK_MS);
    expect(residentBytes - well.residentBytes).toBeLessThan(GROWTH_MAX_BYTES);
    expect(dropped).toBeGreaterThan(droppedBefore);
  };

  it.each<[string, Behaviour]>([
    ['refusing', 'refuses'],
    ['silent', 'silent'],
  ])('%s delays no request, and takes no memory', async (_what, behaviour) => {
    collector.behaviour = behaviour;
    await staysUnnoticed();
  });

  it('down delays no request, and takes no memory', async () => {
    await collector.close();
    await staysUnnoticed();
  });

  it('any of these costs spans, which are counted, and told of once in a minute', async () => {
    const samples = await readMetrics(store.managementUrl);
    const lines = store.logs.filter(({ msg }) => String(msg).startsWith('Spans are lost'));

    expect(lostOf(samples, 'otel_sdk_exporter_span_exported_total')).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(lines.length).toBeLessThanOrEqual(2); // a busy machine takes more than a minute for all of this
  });

  it('down keeps no process from ending, with 0 and within its bound', async () => {
    const startedAtMs = performance.now();
    store.signal('SIGTERM');

    expect(await store.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAtMs).toBeLessThan(SHUTDOWN_MAX_MS);
  });
});

describe('a store whose collector has fallen silent', () => {
  it('ends with 0 and within its bound, though what it has sent is never confirmed', async () => {
    const [collector, database] = [await OtlpStub.start(), await storeDatabase()];
    collector.behaviour = 'silent';
    const store = await ServiceProcess.start({ databaseUrl: database.serviceUrl, env: collector.env });
    try {
      await store.ready();
      await new Api(store.url).get('/v1/products');
      await collector.leftWaiting;
      const startedAtMs = performance.now();
      store.signal('SIGTERM');

      expect(await store.exited).toEqual({ code: 0, signal: null });
      expect(performance.now() - startedAtMs).toBeLessThan(SHUTDOWN_MAX_MS);
    } finally {
      await store.stop();
      await Promise.all([collector.close(), database.drop()]);
    }
  }, 60_000);
});

describe('a store that samples nothing, and sends rarely', () => {
  it('has told of its failure, and of nothing else, when it has ended', async () => {
    const [collector, database] = [await OtlpStub.start(), await storeDatabase()];
    const rarely = { OTEL_TRACES_SAMPLER_ARG: '0', OTEL_BSP_SCHEDULE_DELAY: '60000' };
    const store = await ServiceProcess.start({
      databaseUrl: database.serviceUrl,
      env: { ...collector.env, ...rarely },
    });
    try {
      await store.ready();
      const api = new Api(store.url);
      const well = await api.get('/v1/products');
      await withConnection(database.url, (admin) => admin.query('ALTER TABLE catalog.products RENAME TO hidden'));
      const failed = await api.get<{ traceId: string }>('/v1/products');
      store.signal('SIGTERM');
      await store.exited;

      expect([well.status, failed.status]).toEqual([200, 500]);
      expect(collector.spans).toEqual([
        expect.objectContaining({
          name: 'GET /v1/products',
          kind: 'server',
          traceId: failed.body.traceId,
          failed: true,
          attributes: expect.objectContaining({
            'error.type': 'platform.internal-error',
            'http.response.status_code': 500,
          }),
        }),
      ]);
    } finally {
      await store.stop();
      await Promise.all([collector.close(), database.drop()]);
    }
  }, 60_000);
});
