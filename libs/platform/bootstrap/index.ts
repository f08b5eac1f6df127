export { createService, type Service, type ServiceDefinition } from './create-service.js';
export { migrateDatabase } from './migrate-database.js';
export type { Print } from './end-with.js';
export { runCommand } from './run-command.js';
export { runService } from './run-service.js';
