export { currentUnit, onceEnded, undoneBy, type UnitOutcome } from './current-unit.js';
export { EventOutbox } from './event-outbox.js';
export { MemoryUnitOfWork } from './memory-unit-of-work.js';
export { PostgresUnitOfWork } from './postgres-unit-of-work.js';
export { UnitOfWorkModule } from './unit-of-work.module.js';
