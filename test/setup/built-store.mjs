import { join } from 'node:path';
import { ensureTestPostgres } from './postgres-server.mjs';

/** System tests run what production runs: the build of the sources as they are now. */
export default async function setUp() {
  const { buildStore } = await import('../../tools/start/build.ts');
  await buildStore(join(import.meta.dirname, '../..'));
  await ensureTestPostgres();
}
