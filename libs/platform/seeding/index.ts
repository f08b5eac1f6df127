export { runSeeds } from './run-seeds.js';
export { SeedingModule } from './seeding.module.js';
export { Seed, type SeedResult } from './seed.js';
