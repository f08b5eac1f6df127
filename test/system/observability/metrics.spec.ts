import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { DASHBOARDS, STARTS, type Panel } from '../../../tools/dashboards/index.ts';
import { documentedMetrics } from '../../architecture/documented-metrics.js';
import { PROMETHEUS, PrometheusServer, type Series } from '../support/prometheus/index.js';
import { exposedIn, undocumentedIn, unexposedOf, type ExposedMetric } from './exposition.js';
import { WholeShop } from './whole-shop.js';

const START_TIMEOUT_MS = 120_000;
/** Between two rounds of traffic: several of them in each window of a rate. */
const PAUSE_MS = 100;
const OPEN_METRICS = 'application/openmetrics-text';

/** What the traffic of this test does not bring about, and a metric has a label for. */
const NOT_MET = ['nodejs_active_requests.type'];

/** As Grafana asks it for everything, at the pace of this test's scrapes. */
const expanded = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '5s').replaceAll(/"\$(job|instance)"/g, '".+"');

interface Question {
  readonly panel: string;
  readonly expr: string;
}

const questionsOf = (panel: Panel, dashboard: string): Question[] =>
  panel.queries.map(([expr]) => ({ panel: `${dashboard}: ${panel.title}`, expr }));

const QUESTIONS = DASHBOARDS.flatMap(({ name, rows }) =>
  rows.flatMap(({ panels }) => panels.flatMap((panel) => questionsOf(panel, name))),
);

describeWith(REDIS_SERVER, 'what running services expose', () => {
  let shop: WholeShop;
  beforeAll(async () => {
    shop = await WholeShop.open();
    await shop.visit();
  }, START_TIMEOUT_MS);
  afterAll(() => shop.close());

  const exposed = async (of: 'store' | 'recommender'): Promise<ReadonlyMap<string, ExposedMetric>> =>
    exposedIn(await (await shop.exposed(of)).text());

  it.each(['store', 'recommender'] as const)('is on the page, each label with its bound: the %s', async (of) => {
    expect(undocumentedIn(await exposed(of), documentedMetrics())).toEqual([]);
  });

  it('is all that is on the page', async () => {
    const answers = [await exposed('store'), await exposed('recommender')];

    expect(unexposedOf(documentedMetrics(), answers).filter((fault) => !NOT_MET.includes(fault))).toEqual([]);
  });

  it('has series that nothing was counted in yet, at 0', async () => {
    const text = await (await shop.exposed('store')).text();

    expect(text).toContain('\nhttp_server_requests_shed_total{reason="heap"} 0\n');
    expect(text).toContain('\ndegraded_responses_total{feature="recommendations",source="stale"} 0\n');
    expect(text).toContain('\ncache_requests_total{cache="catalog.products",result="bypass"} 0\n');
    expect(text).toContain('\noutbox_published_total{outcome="parked"} 0\n');
    expect(text).toContain('\nrate_limited_requests_total{limit="default"} 0\n');
    expect(await (await shop.exposed('recommender')).text()).toContain(
      '\nevents_consumed_total{type="orders.order-placed.v1",outcome="parked"} 0\n',
    );
  });

  it('tells the build, the start and the limit of the heap', async () => {
    const text = await (await shop.exposed('store')).text();

    expect(text).toMatch(/^build_info\{service="store",version="\d+\.\d+\.\d+",commit="\S+"\} 1$/m);
    expect(text).toMatch(/^process_start_time_seconds 1\d{9}$/m);
    expect(text).toMatch(/^nodejs_heap_size_limit_bytes [1-9]\d{6,}$/m);
  });

  it('is OpenMetrics for who asks for it, and text for who asks for nothing, by turns', async () => {
    const [text, open, again] = [
      await shop.exposed('store'),
      await shop.exposed('store', OPEN_METRICS),
      await shop.exposed('store'),
    ];

    expect(text.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(open.headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(await open.text()).toMatch(/# TYPE http_server_requests_shed counter\n[^]*\n# EOF\n$/);
    for (const answer of [text, again])
      expect(await answer.text()).toContain('# TYPE http_server_requests_shed_total ');
  });

  describeWith({ command: 'promtool', debianPackage: 'prometheus' }, 'promtool', () => {
    it.each(['store', 'recommender'] as const)('has nothing to say against it: the %s', async (of) => {
      const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], {
        input: await (await shop.exposed(of)).text(),
        encoding: 'utf8',
      });

      expect({ said: stdout + stderr, status }).toEqual({ said: '', status: 0 });
    });
  });

  describeWith(PROMETHEUS, 'Prometheus', () => {
    let prometheus: PrometheusServer;
    /** Why it ended before its time, or null. */
    let traffic: Promise<unknown> = Promise.resolve(null);
    const over = new AbortController();
    beforeAll(async () => {
      const addresses = { store: [shop.store.managementUrl], recommender: [shop.recommender.process.managementUrl] };
      prometheus = await PrometheusServer.start({ targets: addresses });
      const visits = async (): Promise<null> => {
        for (; !over.signal.aborted; await delay(PAUSE_MS)) await shop.visit();
        return null;
      };
      traffic = visits().catch((error: unknown) => error);
    }, START_TIMEOUT_MS);
    afterAll(async () => {
      over.abort();
      await prometheus?.stop();
      expect(await traffic).toBeNull();
    });

    it('scrapes both services', async () => {
      const up = async () => ((await prometheus.query('sum(up)'))[0]?.value[1] === '2' ? true : null);

      expect(await prometheus.until(up, 'both are up')).toBe(true);
    });

    it.each(QUESTIONS)('has an answer to "$panel": $expr', async ({ expr, panel }) => {
      const answered = async (): Promise<readonly Series[] | null> => {
        const series = await prometheus.query(expanded(expr));
        return series.some(({ value: [, value] }) => value !== 'NaN') ? series : null;
      };

      expect((await prometheus.until(answered, panel)).length).toBeGreaterThan(0);
    });

    it('has an answer to the marks of starts', async () => {
      expect(await prometheus.query(expanded(STARTS.expr))).toHaveLength(2);
    });
  });
});
