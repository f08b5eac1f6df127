import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { steadyPort } from '#platform/testing';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { type ClusterState, clusterOf, GOOD, imageOf, service, StubCluster } from './stub-cluster.js';

const NEXT = imageOf('b');
const OVER = imageOf('c');
const INPUT = { IMAGE_REF: NEXT, OVERLAY: 'production', PROMETHEUS_URL: 'none' };

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

  async function again(env: Record<string, string> = {}) {
    const { code, output } = await cluster.run('roll-out', { ...INPUT, SERVICE_URL: store.process.url, ...env });
    return { code, output, ...(await cluster.state()) };
  }
  async function rollOut(state: Partial<ClusterState> = {}, env: Record<string, string> = {}) {
    cluster = await StubCluster.with(state);
    return again(env);
  }
  const steps = (calls: readonly string[]): string[] =>
    calls.map((call) => (call.startsWith('apply') ? call : call.split(' ').slice(0, 2).join(' ')));

  it('lays the foundation, waits for secrets and migrations, replaces the services, and marks them as good', async () => {
    const { code, calls, namespaces, deployments } = await rollOut();

    expect(code).toBe(0);
    expect(steps(calls)).toEqual([
      expect.stringMatching(/^apply .*ExternalSecret Namespace NetworkPolicy/),
      ...['wait externalsecret', 'delete job', 'apply Job'],
      expect.stringMatching(/^apply .*Deployment .*HTTPRoute/),
      ...['rollout status', 'rollout status', 'annotate --overwrite', 'annotate --overwrite'],
    ]);
    expect(new Set(namespaces)).toEqual(new Set(['mainstay']));
    for (const { annotations, template } of deployments) expect(annotations).toEqual({ 'mainstay/good': template });
  });

  it('brings one image, by its digest, to services and migrations alike, in the namespace of its overlay', async () => {
    const { code, images, namespaces, deployments } = await rollOut(clusterOf(), { OVERLAY: 'staging' });

    expect(code).toBe(0);
    expect(new Set([...images, ...deployments.map(({ image }) => image)])).toEqual(new Set([NEXT]));
    expect(new Set(namespaces)).toEqual(new Set(['mainstay-staging']));
  });

  it('replaces nothing when a migration fails, and says what it said', async () => {
    const { code, output, calls } = await rollOut({ jobs: { a: ['Complete'], b: ['FailureTarget', 'Failed'] } });

    expect(code).toBe(2);
    expect(output).toContain('the services were not touched');
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
    expect(calls.at(-1)).toMatch(/^logs /);
  });

  it('touches nothing when the cluster does not say what runs', async () => {
    const { code, calls } = await rollOut({ silent: true });

    expect({ code, calls }).toEqual({ code: 2, calls: [] });
  });

  it.each([
    ['replicas do not become ready', { newIsBad: true }],
    [
      'the API server refuses what comes after the Deployments, before their controller has looked',
      { refuses: 'HTTPRoute' },
    ],
  ])('goes back to what was good when %s, and ends with 1', async (_what, state) => {
    const { code, output } = await rollOut(state);

    expect(code).toBe(1);
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
    expect(output).toMatch(/== rolled back; what failed stands above$/);
  });

  it('goes back by the configuration too, of the same image', async () => {
    const { code, deployments } = await rollOut({ newIsBad: true }, { IMAGE_REF: GOOD });

    expect(code).toBe(1);
    expect(deployments.map(({ template }) => template)).toEqual(['recommender-0', 'store-0']);
    expect(deployments[0]?.annotations).toMatchObject({
      'mainstay/good': 'recommender-0',
      'mainstay/failed': expect.stringMatching(/^recommender-\w{8}$/),
    });
  });

  it('goes back a second time, when each way back has given what is good another number', async () => {
    await rollOut({ newIsBad: true });
    const { code } = await again({ IMAGE_REF: OVER });

    expect(code).toBe(1);
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
  });

  it('goes back after a way back that failed, too', async () => {
    const first = await rollOut({}, { SERVICE_URL: away });
    await cluster.becomes({ newIsBad: true });
    const second = await again({ IMAGE_REF: OVER });

    expect([first.code, second.code]).toEqual([2, 1]);
    expect(first.output).toMatch(/it does not do, and the rollback failed too: docs\/runbooks\/rollback\.md$/);
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
  });

  it('goes back to what was good, and not to what somebody left there unjudged', async () => {
    const { code } = await rollOut({
      ...clusterOf(service('store', [GOOD, OVER], { 'mainstay/good': 'store-0' })),
      newIsBad: true,
    });
    const { deployments } = await cluster.state();

    expect(code).toBe(1);
    expect(deployments.find(({ name }) => name === 'store')?.image).toBe(GOOD);
  });

  it('leaves a service that came with what failed, and does not take it for good the next time', async () => {
    const first = await rollOut({ ...clusterOf(service('store', [GOOD])), newIsBad: true });
    const second = await again({ IMAGE_REF: OVER });

    expect([first.code, second.code]).toEqual([1, 1]);
    expect(second.output).not.toContain('recommender: from');
    expect((await cluster.state()).deployments.find(({ name }) => name === 'store')?.image).toBe(GOOD);
  });

  it('has nothing to go back to the first time, and says so; nor is that good the next time', async () => {
    const first = await rollOut({ ...clusterOf(), newIsBad: true });
    const second = await again({ IMAGE_REF: OVER });

    expect([first.code, second.code]).toEqual([2, 2]);
    expect(first.output).toContain('no version before');
    expect(second.calls.filter((call) => call.startsWith('rollout undo'))).toEqual([]);
  });

  it('is not begun when nobody can say whether the objectives are met', async () => {
    const { code, output, calls } = await rollOut({}, { PROMETHEUS_URL: away });

    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(output).toContain('Prometheus does not watch');
  });

  it.each([
    ['a tag', { IMAGE_REF: 'registry.example.com/mainstay-store:1.2.3' }, 'digest'],
    ['an overlay that there is not', { OVERLAY: 'moon' }, 'there is no overlay moon, but: production staging'],
  ])('refuses %s before it asks the cluster anything', async (_what, env, said) => {
    const { code, output, namespaces } = await rollOut({}, env);

    expect({ code, namespaces }).toEqual({ code: 2, namespaces: [] });
    expect(output).toContain(said);
  });
});
