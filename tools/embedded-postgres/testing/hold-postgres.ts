/**
 * Starts an embedded server, prints what it is as JSON, and stays until it is killed: for tests of what such an end
 * leaves behind. `node hold-postgres.ts <folder | ephemeral>`
 */
import { startEmbeddedPostgres } from '../index.ts';

const [where] = process.argv.slice(2);
const options = where === undefined || where === 'ephemeral' ? { ephemeral: true } : { dataDir: where };
const { url, port, dataDir } = await startEmbeddedPostgres(options);
process.stdout.write(`${JSON.stringify({ url, port, dataDir })}\n`);
setInterval(() => undefined, 60_000);
