export { serveOperations, type OperationsPageOptions } from './http/serve-operations.js';
export { OperationsModule } from './operations.module.js';
export { Operations } from './snapshot/operations.js';
export type { OperationsSnapshot } from './snapshot/operations-snapshot.js';
