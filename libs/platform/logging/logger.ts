import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from '#platform/context';
import { currentSpanId } from '#platform/tracing';
import { lineHook } from './line-hook.js';
import { DescriptorWriter } from './descriptor-writer.js';
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

/** A slow reader of stdout delays no request. (A file or a terminal is written at once, as Node's own stdout does.) */
export function stdoutDestination(): GatheredLines {
  // Whoever asks for it makes a pipe or socket non-blocking. A package may have, and may not tomorrow.
  void process.stdout;
  const onLost = (lines: number) => droppedLines.inc(lines);
  return new GatheredLines(new DescriptorWriter({ fd: 1, bytesMax: BUFFER_BYTES_MAX, onLost }));
}

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
