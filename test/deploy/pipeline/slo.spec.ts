import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, steadyPort } from '#platform/testing';
import { stringify } from 'yaml';
import { PROMETHEUS, PrometheusServer } from '../../system/support/prometheus/index.js';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { step } from './step.js';

const WATCH = { WATCH_SECONDS: '2', INTERVAL_SECONDS: '1' };
const BURN = { name: 'AvailabilityBudgetBurn', severity: 'page', expr: 'vector(1)' };

interface Alert {
  readonly name: string;
  readonly severity: string;
  readonly expr: string;
}
const ruleFile = ({ name, severity, expr }: Alert): string =>
  stringify({ groups: [{ name, rules: [{ alert: name, expr, labels: { severity } }] }] });
/** By which it is seen that the rules are there. */
const OURS: Alert = { name: 'ServiceDown', severity: 'page', expr: 'absent(up{job="store"})' };

describeWith(PROMETHEUS, 'the watch of the objectives', () => {
  let store: RunningService;
  let prometheus: PrometheusServer | undefined;
  beforeAll(async () => (store = await runningService({})));
  afterEach(async () => {
    await prometheus?.stop();
    prometheus = undefined;
  });
  afterAll(() => store.stop());

  /** Resolves when the store is scraped and so many alerts fire. */
  async function watching(alerts: readonly Alert[], job = 'store'): Promise<string> {
    const started = await PrometheusServer.start({
      targets: { [job]: [store.process.managementUrl] },
      rules: alerts.map(ruleFile),
    });
    prometheus = started;
    const firing = alerts.filter(({ expr }) => expr === 'vector(1)').length;
    const isThere = async (): Promise<true | null> => {
      const up = await started.query('up == 1');
      const found = (await started.alerts()).filter(({ state }) => state === 'firing');
      return up.length === 1 && found.length === firing ? true : null;
    };
    await started.until(isThere, 'a scrape, and what fires');
    return started.url;
  }

  it('is content while nothing fires that somebody is paged for', async () => {
    const url = await watching([OURS, { ...BURN, severity: 'ticket' }]);

    expect(await step('slo', { PROMETHEUS_URL: url, ...WATCH })).toMatchObject({ code: 0 });
  });

  it('ends as soon as an alert fires, and names it', async () => {
    const url = await watching([OURS, BURN]);

    const { code, output } = await step('slo', { PROMETHEUS_URL: url, WATCH_SECONDS: '30', INTERVAL_SECONDS: '1' });

    expect(code).toBe(1);
    expect(output).toContain('firing: AvailabilityBudgetBurn');
  });

  it('bears what fired before, which the release may be there to mend, and nothing new', async () => {
    const url = await watching([OURS, BURN, { ...BURN, name: 'LatencyBudgetBurn' }]);
    const { output: all } = await step('slo', { PROMETHEUS_URL: url }, ['--list']);
    const one = all.split('\n').find((line) => line.startsWith('Latency')) ?? '';

    expect(await step('slo', { PROMETHEUS_URL: url, KNOWN: all, ...WATCH })).toMatchObject({ code: 0 });
    const { code, output } = await step('slo', { PROMETHEUS_URL: url, KNOWN: one, ...WATCH });
    expect(code).toBe(1);
    expect(output).toMatch(/^firing: AvailabilityBudgetBurn severity=page$/m);
  });

  describe('takes for bad news', () => {
    const said = async (url: string) => {
      const { code, output } = await step('slo', { PROMETHEUS_URL: url, ...WATCH });
      expect(output).toContain('gave no answer, or has neither our rules');
      return code;
    };

    it('a Prometheus that gives no answer', async () => {
      expect(await said(`http://127.0.0.1:${await steadyPort()}`)).toBe(2);
    });

    it('one without our rules', async () => {
      expect(await said(await watching([{ ...BURN, severity: 'ticket' }]))).toBe(2);
    });

    it('one that knows no replica of ours', async () => {
      expect(await said(await watching([{ ...OURS, expr: 'vector(0) > 1' }], 'somebody'))).toBe(2);
    });
  });
});
