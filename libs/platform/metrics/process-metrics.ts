import { getHeapStatistics } from 'node:v8';
import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { register, type Gauge } from 'prom-client';
import { declareGauge } from './declare-metric.js';
import { describeMetric, type Labels, type MetricType } from './metric-catalogue.js';
import { MetricSource } from './metric-source.js';

const HEAP_LIMIT = 'nodejs_heap_size_limit_bytes';
const BUILD = 'build_info';

/** The most that V8 gives: by itself a share of the memory of the machine or the container. */
@Injectable()
export class HeapLimit extends MetricSource {
  constructor(@InjectMetric(HEAP_LIMIT) private readonly limit: Gauge) {
    super();
  }

  override collect(): void {
    this.limit.set(getHeapStatistics().heap_size_limit);
  }
}

/** Which build answers: for joins, and for the marks of deployments in dashboards. */
@Injectable()
export class BuildInfo {
  constructor(@InjectMetric(BUILD) private readonly info: Gauge<'service' | 'version' | 'commit'>) {}

  tell({ name, version, commit }: { readonly name: string; readonly version: string; readonly commit: string }): void {
    this.info.set({ service: name, version, commit }, 1);
  }
}

export const processMetricProviders = [
  HeapLimit,
  BuildInfo,
  declareGauge({ name: HEAP_LIMIT, help: 'The most heap that V8 gives the process, in bytes.' }),
  declareGauge({
    name: BUILD,
    help: 'Always 1: which build of which service this is.',
    labels: {
      service: { of: 'names of services, constants of the code', form: /^[a-z]+(-[a-z]+)*$/ },
      version: { of: 'one value a process: of package.json', form: /^\d+\.\d+\.\d+/ },
      commit: { of: 'one value a process: `SERVICE_COMMIT`', form: /^\S{1,64}$/ },
    },
  }),
];

/** Gauges of prom-client with the suffix of counters, which Prometheus' linter refuses: sums of what stands beside them. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

const OF_NODE = { of: "names of Node's own", form: /^[A-Za-z_]+$/ };
const NUMBER = { of: 'one value a process', form: /^\d+$/ };

/** What bounds the labels of prom-client's own metrics. */
const BOUNDS: Labels = {
  type: OF_NODE,
  space: OF_NODE,
  kind: ['major', 'minor', 'incremental', 'weakcb'],
  version: { of: 'one value a process', form: /^v\d+\.\d+\.\d+/ },
  major: NUMBER,
  minor: NUMBER,
  patch: NUMBER,
};

interface OwnMetric {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly labelNames: readonly string[];
}

/** Notes what prom-client measures of the process by itself, and leaves out what is misnamed. */
export function describeProcessMetrics(): void {
  for (const name of MISNAMED) register.removeSingleMetric(name);
  for (const { name, help, type, labelNames } of register.getMetricsAsArray() as unknown as OwnMetric[]) {
    if (!/^(process|nodejs)_/.test(name) || name === HEAP_LIMIT) continue;
    const labels = labelNames.map((label) => [label, BOUNDS[label] ?? OF_NODE] as const);
    describeMetric(type, { name, help, labels: Object.fromEntries(labels) });
  }
}
