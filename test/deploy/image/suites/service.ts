import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, NatsServer, steadyPort, type EmptyDatabase } from '#platform/testing';
import type { Outcome } from '../../../../tools/process/run-program.ts';
import type { ServiceName } from '../../../system/support/spawn-service.js';
import { issuer } from '../../../system/support/tokens.js';
import type { BuiltImage } from '../support/built-image.js';
import { childrenOf, processStatus } from '../support/process-status.js';
import { Sandbox, type ContainedService } from '../support/sandbox.js';

/** A set of capabilities, as Linux writes it. */
const NONE = '0'.repeat(16);

/**
 * A service from its migrations to its SIGTERM, with the commands beside it.
 * @param route of a list that anybody may read, three items long
 */
export function describeService(service: ServiceName, route: string, image: () => BuiltImage): void {
  const entry = (name: string): string => `dist/apps/${service}/src/${name}.js`;

  describe(`the ${service}`, () => {
    let database: EmptyDatabase;
    let migrated: Outcome;
    let seeded: Outcome;
    beforeAll(async () => {
      database = await createEmptyDatabase();
      migrated = await run('migrate', asMigrator());
      seeded = await run('seed', { ...asService(), NODE_ENV: 'test' });
    });
    afterAll(() => database.drop());

    const asMigrator = () => ({ DATABASE_MIGRATOR_URL: database.migratorUrl });
    const asService = () => ({ DATABASE_URL: database.serviceUrl, ...issuer.env });
    const run = (name: string, env: Readonly<Record<string, string>>, ...args: string[]): Promise<Outcome> =>
      new Sandbox(image()).run(['node', '--enable-source-maps', entry(name), ...args], env);

    it('migrates and seeds its database', async () => {
      expect(migrated).toMatchObject({ code: 0, output: expect.stringContaining('applied ') });
      expect(seeded).toMatchObject({ code: 0, output: expect.stringContaining('4000 past purchases (4000 new)') });
      expect(await run('migrate', asMigrator(), 'status')).toMatchObject({ code: 0 });
    });

    describe('started', () => {
      let nats: NatsServer | undefined;
      let started: ContainedService;
      let managementPort: string;
      let stop = (): Promise<void> => Promise.resolve();
      beforeAll(async () => {
        nats = await NatsServer.start();
        managementPort = String(await steadyPort());
        started = await new Sandbox(image()).start([...image().config.Cmd.slice(0, -1), entry('main')], {
          ...asService(),
          ...{ NATS_URL: nats.url, BIND_ADDRESS: '127.0.0.1', PORT: '0', MANAGEMENT_PORT: managementPort },
          DRAIN_DELAY_MS: '0',
        });
        stop = () => started.service.stop();
        await started.service.ready();
      });
      afterAll(async () => {
        await stop();
        await nats?.stop();
      });

      const checkHealth = (): Promise<Outcome> =>
        new Sandbox(image()).run(image().config.Healthcheck.Test.slice(1), { MANAGEMENT_PORT: managementPort });

      it('serves, is healthy by the check of the image, and tells the commit', async () => {
        const info = await fetch(`${started.service.managementUrl}/info`);
        const list = await fetch(started.service.url + route);

        expect(await checkHealth()).toMatchObject({ code: 0 });
        expect(await info.json()).toMatchObject({ name: service, commit: image().args['COMMIT'] });
        expect(list.status).toBe(200);
        expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(3);
      });

      it('is process 1, may do nothing that is not granted, and has no children that somebody must wait for', async () => {
        const { pid } = started;

        const sets = { CapInh: NONE, CapPrm: NONE, CapEff: NONE, CapBnd: NONE, CapAmb: NONE };
        expect(await processStatus(pid)).toMatchObject({ NSpid: `${pid} 1`, NoNewPrivs: '1', ...sets });
        expect(await childrenOf(pid)).toEqual([]);
      });

      it("has its operator's commands beside it", async () => {
        const listed = await run('outbox', asService(), 'list');
        const forgotten = await run('forget-recommendations', asService());

        expect(listed).toMatchObject({ code: 0, output: 'none' });
        expect(forgotten).toMatchObject({ code: 0, output: expect.stringContaining('forgot 4000 purchases') });
      });

      it('ends with 0 on SIGTERM, and is not healthy any more', async () => {
        process.kill(started.pid, 'SIGTERM');

        expect(await started.service.exited).toEqual({ code: 0, signal: null });
        expect(started.service.logs.at(-1)).toMatchObject({ msg: 'stopped', exitCode: 0 });
        expect(await checkHealth()).toMatchObject({ code: 1 });
      });
    });
  });
}
