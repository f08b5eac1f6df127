export { createService, type Service, type ServiceDefinition } from './create-service.js';
export { runService } from './run-service.js';
