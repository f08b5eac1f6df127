import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '#platform/testing';
import { beginAsImage } from '../../../tools/compose/postgres-image.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../tools/embedded-postgres/index.ts';
import { initScripts, readCompose, readRootFile, secretsOf } from '../../architecture/container-files.js';
import { ROOT } from '../../architecture/survey.js';
import { runEntry } from '../support/run-entry.js';
import { ServiceProcess } from '../support/service-process.js';

const { services } = readCompose();

/** What docker-compose.yml does, without Docker: its own secrets, its own scripts, on a server that has no roles yet. */
describe.each([
  { host: 'postgres', service: 'store', prefix: '' },
  { host: 'recommender-postgres', service: 'recommender', prefix: 'recommender_' },
] as const)('the database of the $service in docker-compose.yml', ({ host, service, prefix }) => {
  let server: EmbeddedPostgres;
  /** Where the secrets are mounted: `/run/secrets` there. */
  let mounted: string;
  let superuserUrl: string;

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ ephemeral: true });
    mounted = await mountedSecrets(host);
    const database = new URL(server.url);
    database.pathname = `/${service}`;
    superuserUrl = database.href;
    const scripts = initScripts(services[host] ?? {});
    await beginAsImage(server, { checkout: ROOT, database: service, scripts, secretsFolder: mounted });
  });
  afterAll(async () => {
    await server.stop();
    await rm(mounted, { recursive: true });
  });

  /** The URL in a secret, of this server in the place of the container's. */
  const urlIn = async (name: string): Promise<string> => {
    const url = new URL(await readFile(join(mounted, name), 'utf8'));
    url.host = new URL(server.url).host;
    return url.href;
  };

  it('is migrated with the one secret and served with the other', async () => {
    const urls = {
      serviceUrl: await urlIn(`${prefix}database_url`),
      migratorUrl: await urlIn(`${prefix}database_migrator_url`),
    };
    await runEntry('migrate', urls, { service });
    const running = await ServiceProcess.start({ service, databaseUrl: urls.serviceUrl });
    await running.ready();
    const sessions = await withConnection(superuserUrl, (superuser) =>
      superuser.query<{ role: string }>(
        `SELECT DISTINCT usename AS role FROM pg_stat_activity WHERE application_name LIKE 'mainstay%'`,
      ),
    );
    await running.stop();

    expect(sessions.rows).toEqual([{ role: 'mainstay_service' }]);
  });

  it('refuses the secret of the service for another role, and the service another database', async () => {
    const stolen = new URL(await urlIn(`${prefix}database_url`));
    stolen.username = 'mainstay_migrator';
    const elsewhere = new URL(await urlIn(`${prefix}database_url`));

    await expect(withConnection(stolen, () => Promise.resolve())).rejects.toMatchObject({ code: '28P01' });
    for (const name of ['postgres', 'template1']) {
      elsewhere.pathname = `/${name}`;
      await expect(withConnection(elsewhere, () => Promise.resolve())).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('is not made with an empty password', async () => {
    const empty = join(mounted, 'empty');
    await mkdir(empty);
    for (const role of ['mainstay_migrator', 'mainstay_service'])
      await writeFile(join(empty, `${role}_password`), '\n');

    const attempt = withConnection(superuserUrl, (superuser) =>
      superuser.query(readRootFile('deploy/compose/passwords.sql').replaceAll('/run/secrets', empty)),
    );

    await expect(attempt).rejects.toThrow('the secret mainstay_migrator_password is empty');
  });
});

/** Drawn by the script, and laid where the server's account can read them, as Compose does. */
async function mountedSecrets(host: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'compose-'));
  await mkdir(join(folder, 'secrets'));
  await copyFile(join(ROOT, 'deploy/compose/create-secrets.sh'), join(folder, 'create-secrets.sh'));
  await promisify(execFile)('bash', [join(folder, 'create-secrets.sh')]);
  // Under its own name for the services, and under the one that the server asks for.
  const names = [
    ...(await readdir(join(folder, 'secrets'))).map((name) => [name, name] as const),
    ...Object.entries(secretsOf(services[host] ?? {})),
  ];
  for (const [source, target] of names) await copyFile(join(folder, 'secrets', source), join(folder, target));
  await chmod(folder, 0o755);
  return folder;
}
