/** What the pipeline does at the end of an exchange: deadlines are let go, and log and metrics hear of it. */
import { Histogram } from 'prom-client';
import { loadSettings } from '#platform/config';
import { REQUEST_BUCKETS } from '#platform/http';
import { createLogger, LoggingSettings, stdoutDestination } from '#platform/logging';
import { AccessLog } from '../../dist/libs/platform/http/access-log.js';
import { RequestDeadlines } from '../../dist/libs/platform/http/edge/request-deadlines.js';
import { Slots } from '../../dist/libs/platform/http/edge/slots.js';
import { TrustedProxies } from '../../dist/libs/platform/http/edge/trusted-proxies.js';
import { HttpMetrics } from '../../dist/libs/platform/http/http-metrics.js';

export const TIMEOUT_MS = 5_000;
const SWEEP_INTERVAL_MS = 25;

const settings = loadSettings(process.env, [LoggingSettings]);

/** What is in flight, the sweeper over it, and the end of each exchange, which log and metrics hear of. */
export function withDeadlines({ server, ends }) {
  const [replies, receiving] = [new Slots(), new Set()];
  const deadlines = new RequestDeadlines(TIMEOUT_MS, new TrustedProxies([]));
  setInterval(() => deadlines.sweep(replies, receiving), SWEEP_INTERVAL_MS).unref();
  server.addHook('onRequest', (request, reply, done) => {
    deadlines.budgetMsOf(request);
    const slot = replies.add(reply);
    reply.raw.on('close', () => {
      replies.remove(slot);
      const context = request.requestContext;
      const outcome = {
        method: request.method,
        route: context.route,
        status: reply.raw.statusCode,
        durationMs: performance.now() - context.startedAtMs,
        url: request.raw.url,
        headers: request.raw.headers,
        context,
      };
      for (const observer of ends) observer.responded(outcome);
    });
    done();
  });
}

export function withLog({ ends }) {
  const logger = createLogger({ level: 'info', service: 'ladder', version: '' }, stdoutDestination());
  ends.push(new AccessLog({ logger }, settings.get(LoggingSettings)));
}

export function withMetrics({ ends }) {
  const histogram = new Histogram({
    name: 'ladder_seconds',
    help: 'As the service has it.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    enableExemplars: true,
    registers: [],
  });
  ends.push(new HttpMetrics(histogram));
}
