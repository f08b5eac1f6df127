import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../process/process-identity.ts';
import { Refusal } from '../process/refusal.ts';
import { pollUntil } from '../process/wait.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { aClusterFolder, ask, recall, REMEMBER } from './testing/cluster-folder.ts';

/** Two starts of which the second finds a server that doesn't answer: 2 s to notice, up to 8 s to end it. */
const REPLACEMENT_TIMEOUT_MS = 20_000;

describe('embedded Postgres', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  let started: EmbeddedPostgres[];

  beforeEach(async () => {
    ({ dataDir, remove } = await aClusterFolder());
    started = [];
  });

  afterEach(async () => {
    for (const postgres of started) await postgres.stop();
    await remove();
  });

  const start = async (options: Parameters<typeof startEmbeddedPostgres>[0] = { dataDir }) => {
    const postgres = await startEmbeddedPostgres(options);
    started.push(postgres);
    return postgres;
  };

  const postmasterPid = async (folder = dataDir) =>
    parseInt(await readFile(join(folder, 'postmaster.pid'), 'utf8'), 10);

  /** A server whose starter is killed without a chance to stop it. */
  const orphan = async (where: string): Promise<Pick<EmbeddedPostgres, 'url' | 'port' | 'dataDir'>> => {
    const program = join(import.meta.dirname, 'testing', 'hold-postgres.ts');
    const child = spawn(process.execPath, [program, where], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await once(child, 'exit');
    return JSON.parse(line.toString()) as EmbeddedPostgres;
  };

  it('serves a database of the name that the store uses, on the loopback address alone', async () => {
    const { url, port, adopted } = await start();

    const rows = await ask(url, 'SELECT current_database() AS name');
    const listen = await ask(url, 'SHOW listen_addresses');

    expect(rows).toEqual([{ name: 'store' }]);
    expect(listen).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(new URL(url).port).toBe(String(port));
    expect(adopted).toBe(false);
  });

  it('refuses a wrong password', async () => {
    const { url } = await start();

    await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('lets the service read and write rows, and the migrator change the schema', async () => {
    const { serviceUrl, migratorUrl } = await start();

    await ask(migratorUrl, 'CREATE SCHEMA shop', 'CREATE TABLE shop.things (id integer)');

    expect(await ask(serviceUrl, 'INSERT INTO shop.things VALUES (7) RETURNING id')).toEqual([{ id: 7 }]);
    await expect(ask(serviceUrl, 'DROP TABLE shop.things')).rejects.toMatchObject({ code: '42501' });
  });

  it('lets neither of the two into a database other than the store’s', async () => {
    const { url, serviceUrl, migratorUrl } = await start();
    const others = (await ask(url, "SELECT datname AS name FROM pg_database WHERE datname <> 'store'")) as {
      name: string;
    }[];

    expect(others.map(({ name }) => name).sort()).toEqual(['postgres', 'template0', 'template1']);
    for (const { name } of others) {
      for (const own of [serviceUrl, migratorUrl]) {
        const elsewhere = new URL(own);
        elsewhere.pathname = `/${name}`;
        await expect(ask(elsewhere.href, 'SELECT 1')).rejects.toThrow(
          /permission denied for database|not currently accepting connections/,
        );
      }
    }
  });

  it('closes them too in a server that an earlier version made', async () => {
    const earlier = await start();
    await ask(earlier.url, 'GRANT CONNECT, TEMPORARY ON DATABASE postgres, template1 TO PUBLIC');

    const { serviceUrl } = await start();

    const elsewhere = serviceUrl.replace(/store$/, 'postgres');
    await expect(ask(elsewhere, 'SELECT 1')).rejects.toThrow('permission denied for database');
  });

  it('hands over what an earlier version made as the superuser, and serves on', async () => {
    const earlier = await start();
    await ask(earlier.url, 'CREATE SCHEMA shop', 'CREATE TABLE shop.things AS SELECT 7 AS id');
    await earlier.stop();

    const { serviceUrl, migratorUrl } = await start();

    expect(serviceUrl).toBe(earlier.serviceUrl);
    expect(await ask(serviceUrl, 'SELECT id FROM shop.things')).toEqual([{ id: 7 }]);
    await expect(ask(serviceUrl, 'TRUNCATE shop.things')).rejects.toMatchObject({ code: '42501' });
    await ask(migratorUrl, 'ALTER TABLE shop.things ADD COLUMN name text');
  });

  it('keeps data and port over a stop and a start', async () => {
    const first = await start();
    await ask(first.url, ...REMEMBER);
    await first.stop();

    const second = await start();

    expect(await recall(second)).toEqual([{ word: 'kept' }]);
    expect(second).toMatchObject({ port: first.port, adopted: false });
  });

  it('takes another port when its own was taken meanwhile', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');

    const second = await start();
    squatter.close();

    expect(second.port).not.toBe(first.port);
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('adopts the healthy server of a run that was killed', async () => {
    const left = await orphan(dataDir);
    await ask(left.url, ...REMEMBER);

    const found = await start();

    expect(found).toMatchObject({ url: left.url, adopted: true });
    expect(await recall(found)).toEqual([{ word: 'kept' }]);
  });

  it('stops an adopted server too', async () => {
    await orphan(dataDir);
    const pid = await postmasterPid();

    await (await start()).stop();

    expect(await isAlive(pid)).toBe(false);
  });

  it(
    'replaces a server that no longer answers, and keeps its data',
    async () => {
      const left = await orphan(dataDir);
      await ask(left.url, ...REMEMBER);
      const pid = await postmasterPid();
      process.kill(pid, 'SIGSTOP');

      const replaced = await start();

      expect(replaced.adopted).toBe(false);
      expect(await isAlive(pid)).toBe(false);
      expect(await recall(replaced)).toEqual([{ word: 'kept' }]);
    },
    REPLACEMENT_TIMEOUT_MS,
  );

  it('recovers from a server that was killed', async () => {
    const first = await start();
    await ask(first.url, ...REMEMBER);
    process.kill(await postmasterPid(), 'SIGKILL');

    const second = await start();

    expect(second.adopted).toBe(false);
    expect(await recall(second)).toEqual([{ word: 'kept' }]);
  });

  it('is not misled by a pid file whose number belongs to another process', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n1 1\nready\n`);

    const second = await start();

    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('wipes what an interrupted initdb left, and does it again', async () => {
    await mkdir(join(`${dataDir}.initialising`, 'base'), { recursive: true });

    const postgres = await start();

    expect(await ask(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readdir(dirname(dataDir))).toEqual([basename(dataDir)]);
  });

  it('leaves nothing of an initdb that is called off', async () => {
    const caller = new AbortController();
    const starting = start({ dataDir, signal: caller.signal });
    const begun = () => stat(`${dataDir}.initialising`).catch(() => null);
    await pollUntil(begun, { timeoutMs: 10_000 });

    caller.abort(new Error('called off'));

    await expect(starting).rejects.toThrow('called off');
    expect(await readdir(dirname(dataDir))).toEqual([]);
  });

  it('refuses data of another major version, and says what to do', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'PG_VERSION'), '9\n');

    const refused = start();

    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow(/was written by PostgreSQL 9.*delete that folder.*dump it/s);
  });

  it('gives each of two folders its own server', async () => {
    const other = await aClusterFolder();
    const servers = await Promise.all([start(), start({ dataDir: other.dataDir })]);

    const folders = await Promise.all(servers.map(({ url }) => ask(url, 'SHOW data_directory')));

    expect(folders).toEqual([[{ data_directory: dataDir }], [{ data_directory: other.dataDir }]]);
    await servers[1].stop();
    await other.remove();
  });

  it('gives two starts at the same time one server', async () => {
    const [first, second] = await Promise.all([start(), start()]);

    expect(second.url).toBe(first.url);
    expect(first.adopted).toBe(!second.adopted);
  });

  describe('for tests', () => {
    it('has a folder of its own, which goes with it', async () => {
      const postgres = await start({ ephemeral: true });
      const settings = await ask(postgres.url, 'SHOW fsync');

      await postgres.stop();

      expect(settings).toEqual([{ fsync: 'off' }]);
      await expect(stat(dirname(postgres.dataDir))).rejects.toThrow('ENOENT');
    });

    it('sweeps away what a killed run has left, and nothing that is in use', async () => {
      const inUse = await start({ ephemeral: true });
      const left = await orphan('ephemeral');
      const pid = await postmasterPid(left.dataDir);

      await start({ ephemeral: true });

      expect(await isAlive(pid)).toBe(false);
      await expect(stat(dirname(left.dataDir))).rejects.toThrow('ENOENT');
      expect(await ask(inUse.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });
});
