import { afterEach, expect, it } from '@jest/globals';
import { describeWith, steadyPort } from '#platform/testing';
import { stringify } from 'yaml';
import { PROMETHEUS, PrometheusServer } from '../../system/support/prometheus/index.js';
import { step } from './step.js';

const WATCH = { WATCH_SECONDS: '2', INTERVAL_SECONDS: '1' };
const alert = (name: string, severity: string, expr: string): string =>
  stringify({ groups: [{ name, rules: [{ alert: name, expr, labels: { severity } }] }] });

describeWith(PROMETHEUS, 'the watch of the objectives', () => {
  let prometheus: PrometheusServer | undefined;
  afterEach(async () => {
    await prometheus?.stop();
    prometheus = undefined;
  });

  async function watching(...rules: string[]): Promise<string> {
    prometheus = await PrometheusServer.start({ targets: {}, rules });
    return prometheus.url;
  }

  it('is content while nothing fires that somebody is paged for', async () => {
    const url = await watching(alert('Quiet', 'page', 'vector(0) > 0'), alert('ATicket', 'ticket', 'vector(1)'));
    await prometheus?.until(async () => ((await prometheus?.alerts())?.length ? true : null), 'a ticket');

    expect(await step('slo', { PROMETHEUS_URL: url, ...WATCH })).toMatchObject({ code: 0 });
  });

  it('ends as soon as an alert fires, and names it', async () => {
    const url = await watching(alert('AvailabilityBudgetBurn', 'page', 'vector(1)'));

    const { code, output } = await step('slo', { PROMETHEUS_URL: url, WATCH_SECONDS: '30', INTERVAL_SECONDS: '1' });

    expect(code).toBe(1);
    expect(output).toContain('firing: AvailabilityBudgetBurn');
  });

  it('takes a Prometheus that gives no answer for bad news', async () => {
    const away = `http://127.0.0.1:${await steadyPort()}`;

    const { code, output } = await step('slo', { PROMETHEUS_URL: away, ...WATCH });

    expect(code).toBe(2);
    expect(output).toContain('Prometheus gave no answer');
  });
});
