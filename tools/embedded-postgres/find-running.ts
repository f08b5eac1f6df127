import { join } from 'node:path';
import { postgresAccount } from './account.ts';
import { readState } from './cluster.ts';
import { answersFor } from './connection.ts';
import { homeOf } from './home.ts';
import { livePostmaster } from './postmaster.ts';
import { DATABASE } from './provision.ts';
import { type RoleUrls, roleUrls } from './roles.ts';
import { CHECKOUT } from './start-embedded.ts';

/** The URLs of this checkout's server when it runs and answers, else null. Starts nothing, stops nothing. */
export async function findRunningPostgres(): Promise<RoleUrls | null> {
  const home = await homeOf(CHECKOUT, await postgresAccount());
  const dataDir = join(home.path, 'postgres');
  const [state, server] = [await readState(dataDir), await livePostmaster(dataDir)];
  if (!state || !server?.port) return null;
  const access = { port: server.port, password: state.password };
  return (await answersFor(dataDir, access)) ? roleUrls(access, DATABASE) : null;
}
