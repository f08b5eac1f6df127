import 'reflect-metadata';
import { runCommand } from '#platform/bootstrap';
import { runSeeds } from '#platform/seeding';
import { store } from './store.definition.js';

/** Adds what is missing of the modules' sample data. */
await runCommand(store, 'seed', runSeeds, { inProduction: false });
