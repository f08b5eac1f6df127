import { Counter, Registry } from 'prom-client';
import { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { Writable } from 'node:stream';
import { DeliveryLog } from '../consuming/delivery-log.js';
import { PublishLog } from '../publishing/publish-log.js';

/** A logger whose lines a test can read, and the logs of messaging over it. */
export function recordingLogs() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const logger = { logger: pino({ level: 'info' }, stream) } as unknown as PinoLogger;
  const registers = [new Registry()];
  const consumed = new Counter({ name: 'consumed', help: '-', labelNames: ['type', 'outcome'], registers });
  const published = new Counter({ name: 'published', help: '-', labelNames: ['outcome'], registers });
  const counted = async (counter: Counter): Promise<Record<string, number>> => {
    const { values } = await counter.get();
    return Object.fromEntries(values.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
  };
  return {
    lines,
    logger,
    deliveryLog: new DeliveryLog(logger, consumed),
    publishLog: new PublishLog(logger, published),
    consumed: () => counted(consumed),
    published: () => counted(published),
  };
}
