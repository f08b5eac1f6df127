import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { steadyPort } from '#platform/testing';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { type ClusterState, StubCluster } from './stub-cluster.js';

const IMAGE_REF = `registry.example.com/mainstay-store@sha256:${'a1'.repeat(32)}`;
const INPUT = { IMAGE_REF, OVERLAY: 'production', PROMETHEUS_URL: 'none' };
const BACK = [
  'rollout undo deployment.apps/recommender --to-revision=7',
  'rollout undo deployment.apps/store --to-revision=41',
];

describe('a rollout', () => {
  let store: RunningService;
  let cluster: StubCluster;
  let away: string;
  beforeAll(async () => {
    store = await runningService({});
    away = `http://127.0.0.1:${await steadyPort()}`;
  });
  afterEach(() => cluster.remove());
  afterAll(() => store.stop());

  async function rollOut(state: ClusterState = {}, env: Record<string, string> = {}) {
    cluster = await StubCluster.with(state);
    const { code, output } = await cluster.run('roll-out', { ...INPUT, SERVICE_URL: store.process.url, ...env });
    return { code, output, calls: await cluster.calls() };
  }
  const steps = (calls: readonly string[]): string[] =>
    calls
      .filter((call) => !call.startsWith('get '))
      .map((call) => call.split(' ').slice(0, 2).join(' ').replace('apply -f', 'apply'));

  it('lays the foundation, waits for secrets and migrations, and only then replaces the services', async () => {
    const { code, calls } = await rollOut();

    expect(code).toBe(0);
    expect(steps(calls)).toEqual([
      'apply',
      'wait externalsecret',
      'delete job',
      'apply',
      'apply',
      'rollout status',
      'rollout status',
    ]);
    expect(calls.find((call) => call.endsWith(' Job'))).toBe('apply -f - Job');
    expect(calls.filter((call) => call.includes('Deployment'))).toHaveLength(1);
  });

  it('brings one image, by its digest, to services and migrations alike, and leaves the checkout as it is', async () => {
    await rollOut();

    expect(await cluster.images()).toEqual(new Set([IMAGE_REF]));
  });

  it('replaces nothing when a migration fails, and says what it said', async () => {
    const { code, output, calls } = await rollOut({ jobs: 'recommender-migrate=Complete\nstore-migrate=Failed\n' });

    expect(code).toBe(2);
    expect(output).toContain('nothing was rolled out');
    expect(calls.filter((call) => call.includes('Deployment'))).toEqual([]);
    expect(calls.at(-1)).toMatch(/^logs /);
  });

  it('goes back to what ran before when replicas do not become ready, and ends with an error', async () => {
    const { code, output, calls } = await rollOut({ rolloutCode: 1 });

    expect(code).toBe(1);
    expect(calls.filter((call) => call.startsWith('rollout undo'))).toEqual(BACK);
    expect(output).toContain('rolled back');
  });

  it('goes back when the smoke test fails, and says when that fails too', async () => {
    const { code, output, calls } = await rollOut({}, { SERVICE_URL: away });

    expect(code).toBe(1);
    expect(calls.filter((call) => call.startsWith('rollout undo'))).toEqual(BACK);
    expect(output).toContain('FAILED  products are listed');
  });

  it('goes back when nobody can say whether the objectives are met', async () => {
    const { code, calls } = await rollOut({}, { PROMETHEUS_URL: away, WATCH_SECONDS: '1' });

    expect(code).toBe(1);
    expect(calls.filter((call) => call.startsWith('rollout undo'))).toEqual(BACK);
  });

  it('has nothing to go back to the first time, and says so', async () => {
    const { code, output, calls } = await rollOut({ revisions: '', rolloutCode: 1 }, { SERVICE_URL: away });

    expect(code).toBe(2);
    expect(output).toContain('no version before');
    expect(calls.filter((call) => call.startsWith('rollout undo'))).toEqual([]);
  });

  it.each([
    ['a tag', { IMAGE_REF: 'registry.example.com/mainstay-store:1.2.3' }, 'digest'],
    ['an overlay that there is not', { OVERLAY: 'moon' }, 'there is no overlay moon, but: production staging'],
  ])('refuses %s before it tells the cluster anything', async (_what, env, said) => {
    const { code, output, calls } = await rollOut({}, env);

    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(output).toContain(said);
  });
});

describe('a rollback by hand', () => {
  let store: RunningService;
  let cluster: StubCluster;
  beforeAll(async () => (store = await runningService({})));
  afterEach(() => cluster.remove());
  afterAll(() => store.stop());

  async function undone(env: Record<string, string> = {}): Promise<string[]> {
    cluster = await StubCluster.with();
    const { code } = await cluster.run('rollback', { OVERLAY: 'production', SERVICE_URL: store.process.url, ...env });
    expect(code).toBe(0);
    return (await cluster.calls()).filter((call) => call.startsWith('rollout undo'));
  }

  it('takes each Deployment one revision back', async () => {
    expect(await undone()).toEqual(['rollout undo deployment.apps/recommender', 'rollout undo deployment.apps/store']);
  });

  it('takes to the revisions that it is told, and leaves alone who is there already', async () => {
    const REVISIONS = 'deployment.apps/recommender=7 deployment.apps/store=39';

    expect(await undone({ REVISIONS })).toEqual(['rollout undo deployment.apps/store --to-revision=39']);
  });
});
