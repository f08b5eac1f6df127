import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DatabaseSettings } from '#platform/postgres';
import { ROOT } from '../survey.js';
import { environmentOf, pathsToNothing, secretFilesOf, settingsIn, unknownVariables } from './environment.js';
import { OVERLAYS, render, renderAll } from './kustomize.js';
import { allOf, containerOf, podOf } from './manifests.js';

const jobs = OVERLAYS.flatMap((overlay) =>
  allOf('Job', renderAll(overlay)).map((job) => ({ overlay, job, name: job.metadata.name })),
);

/** Of sysexits.h: temporary; `migrate` tells what makes it worth another run. */
const EXIT_AGAIN = 75;

describe.each(jobs)('the Job $name in $overlay', ({ overlay, job, name }) => {
  const manifests = renderAll(overlay);
  const pod = podOf(manifests, name);
  const env = environmentOf(pod, manifests);

  it('runs the migrations that its service was built with', () => {
    const [node, maps, built = ''] = containerOf(pod).command ?? [];

    expect([node, maps]).toEqual(['node', '--enable-source-maps']);
    expect(built).toBe(`dist/apps/${name.replace('-migrate', '')}/src/migrate.js`);
    expect(existsSync(resolve(ROOT, built.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
  });

  it('has the address of the role that owns the schema, and nothing else', () => {
    // As migrate-database.ts reads them: where no URL of the service's is given, the migrator's stands for it.
    const asRead = { ...env, DATABASE_URL_FILE: env['DATABASE_MIGRATOR_URL_FILE'] ?? '' };

    expect(Object.keys(env).sort()).toEqual(['DATABASE_MIGRATOR_URL_FILE', 'NODE_ENV']);
    expect(unknownVariables(env)).toEqual([]);
    expect(pathsToNothing(env, pod)).toEqual([]);
    expect(secretFilesOf(pod).size).toBe(1);
    expect(settingsIn(asRead, [DatabaseSettings]).get(DatabaseSettings).migratorUrl).toMatch(/^postgres:/);
  });

  it('runs again after a temporary failure or an eviction, and ends at once after any other', () => {
    const { backoffLimit, podFailurePolicy } = job.spec ?? {};

    expect(backoffLimit).toBe(3);
    expect(podFailurePolicy?.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'migrate', operator: 'NotIn', values: [EXIT_AGAIN] } },
    ]);
    expect(containerOf(pod).name).toBe('migrate');
    expect(pod.spec.restartPolicy).toBe('Never'); // a policy of failures demands it
  });

  it('has time for all its runs, each of which may have to wait for another one first', () => {
    const { migrationLockWaitMs } = settingsIn({}, [DatabaseSettings]).get(DatabaseSettings);
    const runs = (job.spec?.backoffLimit ?? 0) + 1;
    const backoffSeconds = 10 + 20 + 40; // between the runs: 10 s, and twice as much each time
    const waitSeconds = (runs * migrationLockWaitMs) / 1000 + backoffSeconds;

    expect(job.spec?.activeDeadlineSeconds).toBeGreaterThanOrEqual(2 * waitSeconds);
  });
});

describe.each(OVERLAYS)('the migrations of %s', (overlay) => {
  it('are one for each service', () => {
    const services = allOf('Deployment', renderAll(overlay)).map(({ metadata }) => `${metadata.name}-migrate`);

    expect(
      render(`overlays/${overlay}/migrations`)
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(services.sort());
  });

  it('are of the very image of the services, by its digest', () => {
    const images = ['', '/migrations'].flatMap((step) =>
      render(`overlays/${overlay}${step}`).filter(({ kind }) => ['Deployment', 'Job'].includes(kind)),
    );
    const named = images.map(({ metadata }) => containerOf(podOf(images, metadata.name)).image);

    expect(new Set(named).size).toBe(1);
    expect(named[0]).toMatch(/^[\w.-]+\/[\w./-]+@sha256:[0-9a-f]{64}$/);
  });
});
