import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, type EmptyDatabase } from '#platform/testing';
import { runEntry } from '../../system/support/run-entry.js';
import { ServiceProcess } from '../../system/support/service-process.js';
import type { ServiceName } from '../../system/support/spawn-service.js';
import type { ReleaseFolder } from '../release-folder.js';
import { bundledRelease } from './bundled-release.js';

/** There are some 40, half of them migrations, where the build has 600. Each takes a third of a millisecond at every start. */
const OWN_FILES_MAX = 60;

describe.each<ServiceName>(['store', 'recommender'])('the %s, put together as the image has it', (service) => {
  let release: ReleaseFolder;
  let database: EmptyDatabase;
  let running: ServiceProcess;

  beforeAll(async () => {
    [release, database] = await Promise.all([bundledRelease(), createEmptyDatabase()]);
    const { root } = release;
    await runEntry('migrate', database, { service, root });
    await runEntry('seed', database, { service, root });
    const preload = ['tell-loaded.mjs'];
    running = await ServiceProcess.start({ service, root, databaseUrl: database.serviceUrl, preload });
    await running.ready();
  });
  afterAll(async () => {
    await running.stop();
    await database.drop();
    await release.remove();
  });

  it('knows the migrations that are in its files, and finds the database as they make it', async () => {
    const health = (await (await fetch(`${running.managementUrl}/health`)).json()) as object;

    expect(health).toMatchObject({ details: { database: { status: 'up', schema: 'current' } } });
  });

  it('finds what its operations page is made of', async () => {
    const page = await fetch(`${running.managementUrl}/operations/page.css`);

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/css');
  });

  it('opens a few of its own files where the build has six hundred', async () => {
    running.signal('SIGTERM');
    expect(await running.exited).toEqual({ code: 0, signal: null });

    const told = running.stderr.find((line) => line.startsWith('loaded: ')) ?? '';
    const { own, packages } = JSON.parse(told.replace('loaded: ', '')) as { own: number; packages: string[] };
    expect(packages).toEqual(expect.arrayContaining(['@nestjs/core', 'typeorm']));
    expect(packages).not.toContain('@nestjs/swagger');
    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThan(OWN_FILES_MAX);
  });
});
