import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { alertmanagerWithAddresses, haproxyServers, prometheusWith } from './special-files.ts';

const OBSERVABILITY = resolve(import.meta.dirname, '../../deploy/observability');

describe('files that a translation of words is not enough for', () => {
  it('tell HAProxy each replica, with the port of its health', () => {
    const replicas = [
      { number: 1, port: 15001, managementPort: 15002 },
      { number: 2, port: 15003, managementPort: 15004 },
    ];

    expect(haproxyServers(replicas).trim().split('\n')).toEqual([
      'backend store from store',
      '  server store-1 127.0.0.1:15001 check port 15002',
      '  server store-2 127.0.0.1:15003 check port 15004',
    ]);
  });

  it('tell Prometheus the addresses that the name server would, and leave all else as it is', () => {
    const original = readFileSync(join(OBSERVABILITY, 'prometheus/prometheus.yml'), 'utf8');
    const text = prometheusWith((name, port) => [`${name}:${port}`], original);

    const [before, after] = [original, text].map((each) => parse(each) as Record<string, unknown>);
    expect(after).toEqual({
      ...before,
      scrape_configs: [
        { job_name: 'store', metrics_path: '/metrics', static_configs: [{ targets: ['store:9090'] }] },
        { job_name: 'recommender', metrics_path: '/metrics', static_configs: [{ targets: ['recommender:9090'] }] },
      ],
    });
  });

  it('tell Alertmanager what stands in the files of addresses', () => {
    const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
    writeFileSync(join(folder, 'alert_page_webhook_url'), 'http://127.0.0.1:1/page\n');
    writeFileSync(join(folder, 'alert_ticket_webhook_url'), 'http://127.0.0.1:1/ticket\n');
    const original = readFileSync(join(OBSERVABILITY, 'alertmanager/alertmanager.yml'), 'utf8');
    const text = alertmanagerWithAddresses(original.replaceAll('/run/secrets', folder));
    rmSync(folder, { recursive: true });

    const { receivers } = parse(text) as { receivers: { name: string; webhook_configs: object[] }[] };
    expect(receivers.map(({ name, webhook_configs: [hook] }) => [name, hook])).toEqual([
      ['page', { url: 'http://127.0.0.1:1/page', send_resolved: true, max_alerts: 50 }],
      ['ticket', { url: 'http://127.0.0.1:1/ticket', send_resolved: true, max_alerts: 50 }],
    ]);
  });
});
