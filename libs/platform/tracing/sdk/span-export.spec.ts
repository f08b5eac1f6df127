import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { TracingSettings } from '../tracing.settings.js';
import { SelfObservation } from './self-observation.js';
import { spanExport } from './span-export.js';

const BATCH = 10;
/** More than the SDK sends at one time while the process runs. */
const BATCHES = 6;

let collector: Server;
let answer: (response: ServerResponse) => void;
let observation: SelfObservation;
let provider: TracerProvider;
beforeEach(async () => {
  answer = (response) => response.writeHead(200).end();
  collector = createServer((request, response) => request.resume().on('end', () => answer(response)));
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  observation = new SelfObservation();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(BATCH),
    OTEL_BSP_MAX_QUEUE_SIZE: String(BATCH * BATCHES),
  };
  const settings = loadSettings(env, [TracingSettings]).get(TracingSettings);
  provider = new TracerProvider({ spanProcessors: [spanExport(settings, observation)] });
});
afterEach(() => {
  collector.close();
  collector.closeAllConnections();
});

const endSpans = (count: number): void => {
  const tracer = provider.getTracer('test');
  for (let n = 0; n < count; n += 1) tracer.startSpan('work').end();
};

describe('the end of a process', () => {
  it('sends all that wait, however many batches these are', async () => {
    endSpans(BATCH * BATCHES);
    await provider.shutdown();

    expect(Object.fromEntries(observation.exported)).toEqual({ '': BATCH * BATCHES });
    expect(Object.fromEntries(observation.processed)).toEqual({ '': BATCH * BATCHES });
  });

  it('waits for the other batches when one has failed', async () => {
    const held: ServerResponse[] = [];
    const { promise: allThere, resolve: thatIsAll } = Promise.withResolvers<void>();
    answer = (response) => {
      held.push(response);
      if (held.length === BATCHES) thatIsAll();
    };
    observation.onTrouble(() => held.forEach((response) => response.writeHead(200).end()));
    endSpans(BATCH * BATCHES);
    const ended = provider.shutdown().catch(() => undefined);
    await allThere;
    held.pop()?.writeHead(400).end();
    await ended;

    expect(observation.exported.get('')).toBe(BATCH * (BATCHES - 1));
  });
});
