import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from '#platform/context';
import { currentSpanId } from '#platform/tracing';
import { lineHook } from './line-hook.js';
import { GatheredLines } from './gathered-lines.js';
import { droppedLines } from './log-metrics.js';
import { redactSecrets } from './redact.js';
import type { RepeatedLines } from './repeated-lines.js';
import { serializeError } from './serialize-error.js';

/** What is kept for a reader of stdout that has stopped reading; beyond it lines are dropped rather than memory filled. */
const BUFFER_BYTES_MAX = 8 * 1024 * 1024;

export interface LoggerOptions {
  readonly level: string;
  readonly service: string;
  readonly version: string;
  /** What bounds repeating lines; absent: nothing does. */
  readonly repeated?: RepeatedLines;
}

/** Writes without blocking: a slow reader of stdout delays no request. (A `minLength` of 0 would turn `flush` off.) */
export const stdoutDestination = () =>
  new GatheredLines(
    destination({ fd: 1, sync: false, minLength: 1, maxLength: BUFFER_BYTES_MAX }).on('drop', (lines: string) =>
      droppedLines.inc(lines.split('\n').length - 1),
    ),
  );

/** The one logger of the process. Each line says which request it belongs to, wherever it was written. */
export const createLogger = ({ level, service, version, repeated }: LoggerOptions, stream: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { service, version, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => redactSecrets(fields) },
      serializers: { err: (error: unknown) => serializeError(error) },
      hooks: { logMethod: lineHook(repeated) },
      mixin: () => {
        const request = currentRequest();
        if (!request) return {};
        const { requestId, traceId, route, caller } = request;
        const spanId = currentSpanId() ?? request.spanId;
        return { requestId, traceId, ...(spanId && { spanId }), route, ...(caller && { userId: caller.id }) };
      },
    },
    stream,
  );
