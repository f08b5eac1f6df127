import { appendFile, chown, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { steadyPort } from '#platform/testing';
import type { EmbeddedPostgres } from '../../../../tools/embedded-postgres/index.ts';
import { pgCtl } from './pg-ctl.js';

/** A server's data, and how it is reached. */
export type Cluster = Pick<EmbeddedPostgres, 'url' | 'serviceUrl' | 'migratorUrl' | 'dataDir' | 'stop'>;

/** What belongs to the primary's last run. */
const OF_A_RUN = ['postmaster.pid', 'server.log'];

/**
 * Makes a streaming replica from the folder of a primary that is down, and starts both. The npm package of the tests has
 * no pg_basebackup, and a cold copy is one too. It lies beside the primary's folder, and goes with that.
 * @param startPrimary brings the primary up again
 */
export async function startStandby(primary: Cluster, startPrimary: () => Promise<void>): Promise<Cluster> {
  const dataDir = join(dirname(primary.dataDir), 'standby');
  await rm(dataDir, { recursive: true, force: true });
  await cp(primary.dataDir, dataDir, {
    recursive: true,
    filter: (path) => !OF_A_RUN.some((name) => path.endsWith(name)),
  });
  const port = await steadyPort();
  const { hostname, port: primaryPort, username, password } = new URL(primary.url);
  const conninfo = `host=${hostname} port=${primaryPort} user=${username} password=${decodeURIComponent(password)}`;
  // A conflict of a query with the replay is decided for the query soon: tests wait for the replay.
  const settings = `\nprimary_conninfo = '${conninfo}'\nmax_standby_streaming_delay = 200ms\n`;
  await appendFile(join(dataDir, 'postgresql.auto.conf'), settings);
  await writeFile(join(dataDir, 'standby.signal'), '');
  await giveTo(primary.dataDir, dataDir);
  await startPrimary();
  await pgCtl(dataDir, ['start', '-o', (await optionsOf(primary.dataDir)).replace(/port=\d+/, `port=${port}`)]);
  const here = (url: string): string => Object.assign(new URL(url), { port: String(port) }).href;
  const { url, serviceUrl, migratorUrl } = primary;
  const stop = (): Promise<void> => pgCtl(dataDir, ['stop', '-m', 'immediate']).catch(() => undefined);
  return { url: here(url), serviceUrl: here(serviceUrl), migratorUrl: here(migratorUrl), dataDir, stop };
}

/** The options of the last start, as pg_ctl takes them; in the file each word stands in quotes: `"-D" "…" "-c" "port=…"`. */
async function optionsOf(dataDir: string): Promise<string> {
  const [, ...options] = (await readFile(join(dataDir, 'postmaster.opts'), 'utf8')).trim().split(' ');
  const at = options.indexOf('"-c"');
  return options.slice(at).join(' ').replaceAll('"', '');
}

/** All of `folder` to the account that `like` belongs to. */
async function giveTo(like: string, folder: string): Promise<void> {
  const { uid, gid } = await stat(like);
  const names = await readdir(folder, { recursive: true });
  for (const name of ['', ...names]) await chown(join(folder, name), uid, gid);
}
