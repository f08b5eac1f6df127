import { dropTemplates, nameTemplates } from './templates.mjs';

// One Postgres for all Jest projects of a run, found again over the realm's symbol table: each project has its own
// set-up, and Jest loads each file as often as it likes.
const KEY = Symbol.for('mainstay.test-postgres');

/** Makes sure that TEST_DATABASE_URL names a server: the one given, or an embedded one for this run. */
export async function ensureTestPostgres() {
  nameTemplates();
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  globalThis[KEY] ??= start();
  const server = await globalThis[KEY];
  process.env.TEST_DATABASE_URL = server.url;
  return server.url;
}

/** Stops the server that this run started, or leaves the one given as it was found. Further calls do nothing. */
export async function releaseTestPostgres() {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl) await dropTemplates(serverUrl);
  const starting = globalThis[KEY];
  if (starting === undefined) return;
  delete globalThis[KEY];
  delete process.env.TEST_DATABASE_URL;
  await (await starting).stop();
}

async function start() {
  const { startEmbeddedPostgres } = await import('../../tools/embedded-postgres/index.ts');
  return startEmbeddedPostgres({ ephemeral: true });
}
