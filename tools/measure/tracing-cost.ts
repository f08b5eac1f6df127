/**
 * What tracing costs: CPU of the store for each request, and requests in a second, off, at 1% and at 100%, measured in turns
 * in one run.
 *
 *   npm run build
 *   DATABASE_URL=postgres://… node tools/measure/tracing-cost.ts [--baseline <checkout>] [--path <path>] [--rounds <n>]
 *
 * The database is one that is migrated and seeded. `--baseline` adds the built store of another checkout, without tracing.
 * Needs Linux (`/proc`) and wrk. What else the machine does changes throughput first: read it on a quiet machine only.
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

const ROUND_SECONDS = 1;

interface Round {
  /** Of the store, for each request. */
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
}
type Samples = Map<string, Round[]>;

async function measure(stores: readonly MeasuredStore[], rounds: number): Promise<Samples> {
  const samples: Samples = new Map(stores.map(({ name }) => [name, []]));
  for (const store of stores) await requestsBy(store.url + values.path, 3); // warm
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < stores.length; place += 1) {
      const store = stores[(round + place) % stores.length] as MeasuredStore; // each is the first at times
      const before = cpuNanosecondsOf(store.pid);
      const requests = await requestsBy(store.url + values.path, ROUND_SECONDS);
      const cpuMicroseconds = (cpuNanosecondsOf(store.pid) - before) / 1_000 / requests;
      samples.get(store.name)?.push({ cpuMicroseconds, requestsPerSecond: requests / ROUND_SECONDS });
    }
  }
  return samples;
}

const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? NaN;

const cpuOf = (rounds: readonly Round[]): number[] => rounds.map((round) => round.cpuMicroseconds);

function print(samples: Samples): void {
  const figures = [...samples].map(([name, rounds]) => ({
    name,
    floor: quantile(cpuOf(rounds), 0),
    median: quantile(cpuOf(rounds), 0.5),
    rate: quantile(
      rounds.map((round) => round.requestsPerSecond),
      0.5,
    ),
  }));
  const off = figures.find(({ name }) => name === 'off');
  const told = (value: number, base = NaN): string =>
    `${value.toFixed(1).padStart(8)} (× ${(value / base).toFixed(2)})`;
  process.stdout.write('ratios to "off"; CPU of the store for each request, in microseconds; requests in a second\n');
  for (const { name, floor, median, rate } of figures) {
    const cpu = `CPU floor ${told(floor, off?.floor)}  median ${told(median, off?.median)}`;
    process.stdout.write(`${name.padEnd(10)} ${cpu}  rate ${told(rate, off?.rate)}\n`);
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
