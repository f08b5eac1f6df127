import { join } from 'node:path';
import { ensureTestPostgres } from './postgres-server.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** System tests run what production runs: the build of the sources as they are now. */
export default async function setUp() {
  const { buildApp } = await import('../../tools/start/build.ts');
  await buildApp(ROOT, 'store');
  await buildApp(ROOT, 'recommender');
  await ensureTestPostgres();
}
