import { DEPENDENCIES } from './dependencies.js';
import { READ_REPLICA } from './read-replica.js';
import { EVENTS } from './events.js';
import { PROCESSES } from './processes.js';
import { LOAD } from './load.js';
import type { Patient } from './patient.js';

export type { Sick } from './patient.js';

export const PATIENTS: readonly Patient[] = [...DEPENDENCIES, ...READ_REPLICA, ...EVENTS, ...PROCESSES, ...LOAD];
