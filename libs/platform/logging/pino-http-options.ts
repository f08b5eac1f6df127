import type { Options } from 'pino-http';
import type { Logger } from 'pino';

/**
 * The process's logger for nestjs-pino, as it is. Without `wrapSerializers: false` pino-http puts its own serializer of
 * errors over ours, and that one copies whatever a driver's error carries into the log.
 */
export const pinoHttpOver = (logger: Logger): Options => ({ logger, autoLogging: false, wrapSerializers: false });
