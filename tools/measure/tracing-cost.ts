/**
 * What tracing costs: CPU of the store for each request, off, at 1% and at 100%, measured in turns in one run.
 *
 *   npm run build
 *   DATABASE_URL=postgres://… node tools/measure/tracing-cost.ts [--baseline <checkout>] [--path <path>] [--rounds <n>]
 *
 * The database is one that is migrated and seeded. `--baseline` adds the built store of another checkout, without tracing.
 * Needs Linux (`/proc`) and wrk. CPU and not throughput, because what else the machine does changes only the latter.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuNanosecondsOf, MeasuredStore, requestsBy } from './measured-store.ts';

const { values } = parseArgs({
  options: {
    baseline: { type: 'string' },
    path: { type: 'string', default: '/v1/products?limit=5' },
    rounds: { type: 'string', default: '15' },
  },
});

const checkout = resolve(import.meta.dirname, '../..');
const collector = createServer((request, response) => {
  request.resume().on('end', () => response.end());
}).listen(0, '127.0.0.1');
const endpoint = () => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
const traced = (ratio: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(), OTEL_TRACES_SAMPLER_ARG: ratio });

/** Microseconds of CPU for each request, by round. */
type Samples = Map<string, number[]>;

async function measure(stores: readonly MeasuredStore[], rounds: number): Promise<Samples> {
  const samples: Samples = new Map(stores.map(({ name }) => [name, []]));
  for (const store of stores) await requestsBy(store.url + values.path, 3); // warm
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < stores.length; place += 1) {
      const store = stores[(round + place) % stores.length] as MeasuredStore; // each is the first at times
      const before = cpuNanosecondsOf(store.pid);
      const requests = await requestsBy(store.url + values.path, 1);
      samples.get(store.name)?.push((cpuNanosecondsOf(store.pid) - before) / 1_000 / requests);
    }
  }
  return samples;
}

function print(samples: Samples): void {
  const sorted = (name: string) => (samples.get(name) ?? []).toSorted((a, b) => a - b);
  const quantile = (name: string, share: number) => sorted(name)[Math.floor((sorted(name).length - 1) * share)] ?? NaN;
  process.stdout.write('CPU of the store for each request, in microseconds; ratios to "off"\n');
  for (const name of samples.keys()) {
    const [floor, median] = [quantile(name, 0), quantile(name, 0.5)];
    const ratios = [floor / quantile('off', 0), median / quantile('off', 0.5)];
    const figures = [floor.toFixed(1), median.toFixed(1), ...ratios.map((ratio) => ratio.toFixed(2))];
    const [least, middle, ofLeast, ofMiddle] = figures;
    process.stdout.write(
      `${name.padEnd(10)} floor ${least?.padStart(7)} (× ${ofLeast})   median ${middle?.padStart(7)} (× ${ofMiddle})\n`,
    );
  }
}

const stores: MeasuredStore[] = [];
try {
  stores.push(await MeasuredStore.start('off', checkout, {}));
  stores.push(await MeasuredStore.start('at 1%', checkout, traced('0.01')));
  stores.push(await MeasuredStore.start('at 100%', checkout, traced('1')));
  if (values.baseline) stores.push(await MeasuredStore.start('baseline', resolve(values.baseline), {}));
  print(await measure(stores, Number(values.rounds)));
} finally {
  for (const store of stores) store.stop();
  collector.closeAllConnections();
  collector.close();
}
