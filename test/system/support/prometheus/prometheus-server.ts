import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type Program, steadyPort } from '#platform/testing';

export const PROMETHEUS: Program = { command: 'prometheus', debianPackage: 'prometheus' };

const READY_TIMEOUT_MS = 20_000;
const POLL_MS = 100;

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Time in seconds, and the number as text. */
  readonly value: readonly [number, string];
}

export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

export interface PrometheusOptions {
  /** Addresses by job, as in deploy/observability/prometheus/prometheus.yml. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  /** A duration of Prometheus' own, for scrapes and evaluations alike. */
  readonly interval?: string;
  /** Texts of rule files. */
  readonly rules?: readonly string[];
}

/** A real Prometheus with its data in a folder of its own, on a free port. */
export class PrometheusServer {
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  static async start({ targets, interval = '1s', rules = [] }: PrometheusOptions): Promise<PrometheusServer> {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-prometheus-'));
    await mkdir(join(folder, 'rules'));
    await Promise.all(rules.map((text, index) => writeFile(join(folder, 'rules', `${index}.yml`), text)));
    const configuration = {
      global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
      rule_files: ['rules/*.yml'],
      scrape_configs: Object.entries(targets).map(([job, addresses]) => ({
        job_name: job,
        static_configs: [{ targets: addresses.map((address) => address.replace('http://', '')) }],
      })),
    };
    await writeFile(join(folder, 'prometheus.yml'), stringify(configuration));
    const port = await steadyPort();
    const flags = [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
      '--query.lookback-delta=5s', // what is no longer scraped is gone soon, as 5 minutes are soon for 15 s
    ];
    const child = spawn(PROMETHEUS.command, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
    const server = new PrometheusServer(child, folder, `http://127.0.0.1:${port}`);
    await server.ready().catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return server;
  }

  /** An instant query. @throws Error with what Prometheus says of an expression that is none */
  async query(expression: string): Promise<readonly Series[]> {
    const { result } = await this.ask<{ result: readonly Series[] }>('query', { query: expression });
    return result;
  }

  async alerts(): Promise<readonly FiringAlert[]> {
    return (await this.ask<{ alerts: readonly FiringAlert[] }>('alerts', {})).alerts;
  }

  /** Labels of the exemplars that it has of a series. */
  async exemplars(selector: string): Promise<readonly Readonly<Record<string, string>>[]> {
    type Found = readonly { exemplars: readonly { labels: Record<string, string> }[] }[];
    const now = Date.now() / 1_000;
    const found = await this.ask<Found>('query_exemplars', {
      query: selector,
      start: String(now - 600),
      end: String(now + 600),
    });
    return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels));
  }

  /** Asks until it holds. */
  async until<T>(ask: () => Promise<T | null>, what: string, timeoutMs = 60_000): Promise<T> {
    const endsAtMs = performance.now() + timeoutMs;
    for (;;) {
      const found = await ask();
      if (found !== null) return found;
      if (performance.now() > endsAtMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
      await delay(POLL_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const isReady = async (): Promise<true | null> => {
      if (this.child.exitCode !== null) throw new Error(`Prometheus has ended: ${this.said}`);
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      return answer?.ok ? true : null;
    };
    await this.until(isReady, 'Prometheus is ready', READY_TIMEOUT_MS);
  }

  private async ask<T>(path: string, parameters: Readonly<Record<string, string>>): Promise<T> {
    const response = await fetch(`${this.url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
    const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
    if (status !== 'success') throw new Error(`${error}: ${JSON.stringify(parameters)}`);
    return data;
  }
}
