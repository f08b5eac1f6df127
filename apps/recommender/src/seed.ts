import 'reflect-metadata';
import { runCommand } from '#platform/bootstrap';
import { runSeeds } from '#platform/seeding';
import { recommender } from './recommender.definition.js';

/** Adds what is missing of the modules' sample data. */
await runCommand(recommender, 'seed', runSeeds, { inProduction: false });
