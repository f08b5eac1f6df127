import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { instancesOf } from '#platform/discovery';
import { Seed } from './seed.js';

/**
 * Runs every seed that the app's modules provide, one after the other, in the order in which the modules are imported.
 * @param log takes one line for each seed: `seeded catalog: 312 products (0 new)`
 */
export async function runSeeds(app: INestApplicationContext, log: (line: string) => void): Promise<void> {
  for (const seed of instancesOf(app.get(DiscoveryService), Seed)) {
    const { total, added } = await seed.run();
    log(`seeded ${seed.name}: ${total} ${seed.things} (${added} new)`);
  }
}
