import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../process/process-identity.ts';
import { pollUntil } from '../process/wait.ts';
import { aCheckout, freePorts, pretendBuilt, ToolRun } from './testing/tool-run.ts';

/** Above the time within which two signals count as one gesture. */
const LATER_MS = 600;
const UP = 'The store is up.';

describe('npm start', () => {
  let checkout: string;
  let remove: () => Promise<void>;
  let ports: { PORT: string; MANAGEMENT_PORT: string };
  let runs: ToolRun[];

  beforeEach(async () => {
    ({ path: checkout, remove } = await aCheckout({ mode: 0o755 }));
    ports = await freePorts();
    runs = [];
  });

  afterEach(async () => {
    for (const run of runs) {
      run.child.kill('SIGTERM');
      await run.ended;
    }
    await remove();
  });

  const start = (env: NodeJS.ProcessEnv = {}) => {
    const args = [join('tools', 'start.ts'), '--entry', join('tools', 'start', 'testing', 'stand-in-store.ts')];
    const run = new ToolRun(checkout, args, { ...ports, ...env });
    runs.push(run);
    return run;
  };

  /** As people start it: with the steps before the store. */
  const startBuilt = async (programs: Parameters<typeof pretendBuilt>[1], env: NodeJS.ProcessEnv = {}) => {
    await pretendBuilt(checkout, programs);
    const run = new ToolRun(checkout, [join('tools', 'start.ts')], { ...ports, ...env });
    runs.push(run);
    return run;
  };

  const servicePid = async (run: ToolRun) => parseInt(await run.printed('"msg":"process '), 10);
  const isGone = (pid: number) => pollUntil(async () => ((await isAlive(pid)) ? null : true), { timeoutMs: 10_000 });

  it('brings everything up, says where it is, and takes it down at one signal with exit code 0', async () => {
    const run = start();
    await run.printed(UP);
    const pid = await servicePid(run);

    run.child.kill('SIGINT');

    expect(await run.ended).toBe(0);
    expect(run.output).toContain(
      `curl -i -H 'If-None-Match: "3"' 'http://127.0.0.1:${ports.PORT}/v1/products/a-product'`,
    );
    expect(run.output).toContain('asked to end');
    expect(run.output).toMatch(new RegExp(`stopped; the data is kept in ${checkout}/.data/postgres\n$`));
    expect(await isAlive(pid)).toBe(false);
    expect((await readdir(join(checkout, '.data'))).sort()).toEqual(['development-issuer', 'postgres']);
    expect(await readdir(join(checkout, '.data', 'postgres'))).not.toContain('postmaster.pid');
  });

  it('never prints the password of the database by itself', async () => {
    const run = start();
    await run.printed(UP);

    const url = new URL((await run.printed('uses ')).replace('"}', ''));

    expect(url.password).not.toBe('');
    expect(run.output.split(url.password)).toHaveLength(2);
  });

  it('uses the database of DATABASE_URL, and starts none', async () => {
    const run = start({ DATABASE_URL: 'postgres://me:secret@db.example/store' });
    await run.printed(UP);

    run.child.kill('SIGTERM');
    await run.ended;

    expect(run.output).toContain('postgres://me@db.example/store (DATABASE_URL is set');
    expect(run.output).toMatch(/stopped; the data is kept in the server that DATABASE_URL names\n$/);
    expect(await readdir(join(checkout, '.data'))).toEqual(['development-issuer']); // and no Postgres
  });

  const PROGRAMS = { migrate: "console.log('migrated')", seed: "console.log('seeded')" };

  it('migrates and seeds the embedded database', async () => {
    const run = await startBuilt(PROGRAMS);

    await run.printed(UP);

    expect(run.output).toMatch(/migrate .* migrated\n.*seed .* seeded\n/);
  });

  it('migrates as the owner of the schema, and seeds and serves as the role that is given no way to it', async () => {
    const run = await startBuilt({
      migrate: "console.log('migrated as', new URL(process.env.DATABASE_MIGRATOR_URL).username)",
      seed: "console.log('seeded as', new URL(process.env.DATABASE_URL).username)",
    });

    await run.printed(UP);

    expect(run.output).toContain('migrated as mainstay_migrator\n');
    expect(run.output).toContain('seeded as mainstay_service\n');
    expect(run.output).toMatch(/uses postgres:\/\/mainstay_service:/);
    expect(run.output).toContain('knows no migrator');
  });

  it('migrates the database of DATABASE_URL, and puts no sample data into it', async () => {
    const run = await startBuilt(PROGRAMS, { DATABASE_URL: 'postgres://me@db.example/store' });

    await run.printed(UP);

    expect(run.output).toMatch(/migrate .* migrated\n/);
    expect(run.output).toContain('seed skipped (DATABASE_URL is yours; npm run seed adds the sample data)\n');
    expect(run.output).not.toContain('seeded');
  });

  it('does not migrate one database and use another', async () => {
    const run = await startBuilt(PROGRAMS, { DATABASE_MIGRATOR_URL: 'postgres://owner@db.example/store' });

    expect(await run.ended).toBe(1);
    expect(run.output).toContain('DATABASE_MIGRATOR_URL is set and DATABASE_URL is not');
  });

  it('says of a step that fails which database it was, and what to try', async () => {
    const failing = { migrate: "console.error('migrate: no'); process.exitCode = 1" };

    const embedded = await startBuilt(failing);
    const embeddedCode = await embedded.ended;
    const named = await startBuilt(failing, { DATABASE_URL: 'postgres://me:canary@db.example/store' });
    const namedCode = await named.ended;

    expect([embeddedCode, namedCode]).toEqual([1, 1]);
    expect(embedded.output).toMatch(/`migrate` ended with code 1:\nmigrate: no\n\nThe database is the embedded one/);
    expect(named.output).toContain('The database is the one that DATABASE_URL names: postgres://me@db.example/store\n');
    expect(named.output).not.toContain('canary');
  });

  const IPV6_LOOPBACK = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

  // Containers are often without IPv6, and only Linux has all of 127.0.0.0/8.
  it.each([
    ['localhost', 'localhost'],
    ...(IPV6_LOOPBACK ? [['::1', '[::1]'] as const] : []),
    ...(process.platform === 'linux' ? [['127.0.0.2', '127.0.0.2'] as const] : []),
  ])('finds a service that listens on %s alone', async (address, host) => {
    const run = start({ BIND_ADDRESS: address, MANAGEMENT_BIND_ADDRESS: address, DATABASE_URL: 'postgres://x/store' });

    await run.printed(UP);

    expect(run.output).toContain(`http://${host}:${ports.PORT}/v1/products/a-product`);
    expect(run.output).toContain(`http://${host}:${ports.MANAGEMENT_PORT}/health`);
  });

  it('says when Postgres ends by itself, and goes on', async () => {
    const run = start();
    await run.printed(UP);
    const dataDir = await run.printed('  Data        ');
    process.kill(parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');

    const log = await run.printed('Postgres has ended by itself; its log: ');
    run.child.kill('SIGINT');

    expect(log).toContain(join(dataDir, 'server.log'));
    expect(await run.ended).toBe(0);
  });

  it('takes two signals at once for one gesture, and a later one for impatience', async () => {
    const run = start({ STAND_IN: 'stubborn' });
    await run.printed(UP);
    run.child.kill('SIGINT');
    run.child.kill('SIGTERM');
    await run.printed('asked to end');
    const pid = await servicePid(run);
    const aliveAfterOneGesture = await isAlive(pid);

    await pause(LATER_MS);
    run.child.kill('SIGINT');

    expect(await run.ended).toBe(137);
    expect(aliveAfterOneGesture).toBe(true);
    expect(await isAlive(pid)).toBe(false);
  });

  it('does not leave the service behind when it is killed, and starts again over what is left', async () => {
    const killed = start();
    await killed.printed(UP);
    const pid = await servicePid(killed);
    killed.child.kill('SIGKILL');
    const gone = await isGone(pid);

    const again = start();
    await again.printed(UP);

    expect(gone).toBe(true);
    expect(again.output).toContain('(found running, used on)');
  });

  it('ends with the code of a service that ends by itself', async () => {
    const run = start({ STAND_IN: 'dies' });

    expect(await run.ended).toBe(7);
    expect(run.output).toMatch(/ended (by itself, )?with code 7/);
    expect(await readdir(join(checkout, '.data', 'postgres'))).not.toContain('postmaster.pid');
  });

  it('refuses a second start in one checkout, and names the first', async () => {
    const first = start();
    await first.printed(UP);

    const second = start(await freePorts());

    expect(await second.ended).toBe(1);
    expect(second.output).toContain(`by process ${first.child.pid} (npm start)`);
    expect(second.output).toContain(`kill ${first.child.pid}`);
  });

  it('refuses a port in use before anything is started, and says how to choose another', async () => {
    const squatter = createServer().listen(Number(ports.MANAGEMENT_PORT), '127.0.0.1');
    await once(squatter, 'listening');

    const run = start();
    const code = await run.ended;
    squatter.close();

    expect(code).toBe(1);
    expect(run.output).toContain(`Port ${ports.MANAGEMENT_PORT} (MANAGEMENT_PORT) is in use`);
    expect(run.output).toMatch(/MANAGEMENT_PORT=\d+ npm start/);
    expect(await readdir(join(checkout, '.data'))).toEqual([]);
  });

  it('reads the ports from the .env file of the checkout', async () => {
    await writeFile(join(checkout, '.env'), `PORT=${ports.PORT}\nMANAGEMENT_PORT=${ports.MANAGEMENT_PORT}\n`);

    const run = start({ PORT: '', MANAGEMENT_PORT: '' });

    await run.printed(`http://127.0.0.1:${ports.PORT}/docs`);
  });

  it('works in a folder that nobody else can enter', async () => {
    const closed = await aCheckout({ mode: 0o700 });
    const args = [join('tools', 'start.ts'), '--entry', join('tools', 'start', 'testing', 'stand-in-store.ts')];
    const run = new ToolRun(closed.path, args, ports);
    await run.printed(UP);
    const away = /The data lives in (\S+), because .*; to delete it, .* rm -rf '\1'\n/.exec(run.output);

    run.child.kill('SIGTERM');

    expect(await run.ended).toBe(0);
    expect(away !== null).toBe(process.geteuid?.() === 0);
    await closed.remove();
  });
});
