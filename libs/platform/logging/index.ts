export { FrameworkLogger } from './framework-logger.js';
export { loggedHeaders, loggedPath, loggedQuery } from './logged-request.js';
export { createLogger, stdoutDestination } from './logger.js';
export { LoggingModule } from './logging.module.js';
export { LoggingSettings } from './logging.settings.js';
export { serializeError } from './serialize-error.js';
