import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createEmptyDatabase, describeWith, REDIS_SERVER, RedisServer, type EmptyDatabase } from '#platform/testing';
import { environmentOf, secretFilesOf } from '../../architecture/kubernetes/environment.js';
import { renderAll } from '../../architecture/kubernetes/kustomize.js';
import { containerOf, podOf } from '../../architecture/kubernetes/manifests.js';
import { ServiceProcess } from '../support/service-process.js';
import { ROOT } from '../support/spawn-service.js';
import { issuer } from '../support/tokens.js';

/** What tests set, and the manifests do not. */
const AS_IN_PRODUCTION = { DRAIN_DELAY_MS: undefined, DOCS_ENABLED: undefined, RATE_LIMIT_MAX: undefined };

describeWith(REDIS_SERVER, 'the pods of the store, as staging has them', () => {
  const manifests = renderAll('staging');
  const [job, service] = [podOf(manifests, 'store-migrate'), podOf(manifests, 'store')];
  const { startupProbe, livenessProbe, readinessProbe, lifecycle } = containerOf(service);
  let folder: string;
  let database: EmptyDatabase;
  let redis: RedisServer;
  let store: ServiceProcess;

  beforeAll(async () => {
    [folder, database, redis] = await Promise.all([
      mkdtemp(join(tmpdir(), 'pod-')),
      createEmptyDatabase(),
      RedisServer.start(),
    ]);
  });
  afterAll(async () => {
    await store.stop();
    await Promise.all([database.drop(), redis.stop(), rm(folder, { recursive: true })]);
  });

  /** The environment of a pod, with its secrets where this machine has them. */
  async function environmentHere(pod: typeof job): Promise<Record<string, string>> {
    const values: Readonly<Record<string, string>> = {
      database_url: database.serviceUrl,
      database_migrator_url: database.migratorUrl,
      redis_url: redis.url,
    };
    const here = await Promise.all(
      [...secretFilesOf(pod)].map(async ([path, { key }]) => {
        await writeFile(join(folder, key), values[key] ?? '');
        return [path, join(folder, basename(path))] as const;
      }),
    );
    const paths = new Map(here);
    const env = Object.entries(environmentOf(pod, manifests));
    return Object.fromEntries(env.map(([name, value]) => [name, paths.get(value) ?? value]));
  }

  it('are migrated by their Job', async () => {
    const [, ...args] = containerOf(job).command ?? [];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: ROOT,
      env: await environmentHere(job),
    });

    expect(stdout).not.toBe('');
  });

  it('start, and answer the three probes in the time that the kubelet gives them', async () => {
    const env = { ...AS_IN_PRODUCTION, ...(await environmentHere(service)), ...issuer.env };
    store = await (await ServiceProcess.start({ env })).ready();

    for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
      const signal = AbortSignal.timeout((probe?.timeoutSeconds ?? 0) * 1000);
      const { status } = await fetch(store.managementUrl + (probe?.httpGet?.path ?? ''), { signal });
      expect(status).toBe(200);
    }
    expect(store.logs[0]?.level).toBe('info'); // settings that look wrong are told of first
  });

  it('end by themselves before they would be killed', async () => {
    const { terminationGracePeriodSeconds: graceSeconds = 0 } = service.spec;
    const leftMs = (graceSeconds - (lifecycle?.preStop?.sleep?.seconds ?? 0)) * 1000;
    const startedAtMs = performance.now();
    store.signal('SIGTERM');

    expect(await store.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAtMs).toBeLessThan(leftMs);
  });
});
