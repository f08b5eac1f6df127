export { FrameworkLogger } from './framework-logger.js';
export { LEVEL_SECONDS, LogLevel, RUNTIME_LEVELS, type RuntimeLevel } from './log-level.js';
export { LINE_OF_ITS_OWN } from './line-of-its-own.js';
export { loggedHeaders, loggedPath, loggedQuery } from './logged-request.js';
export { createLogger, stdoutDestination } from './logger.js';
export { LoggingModule } from './logging.module.js';
export { LoggingSettings } from './logging.settings.js';
export { RepeatedLines } from './repeated-lines.js';
export { serializeError } from './serialize-error.js';
