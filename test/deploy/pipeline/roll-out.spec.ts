import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { steadyPort } from '#platform/testing';
import { pollUntil } from '../../../tools/process/wait.ts';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { type ClusterState, GOOD, imageOf, StubCluster } from './stub-cluster.js';

const NEXT = imageOf('b');
const INPUT = { IMAGE_REF: NEXT, OVERLAY: 'production', PROMETHEUS_URL: 'none' };
const CUT_OFF_MAX_MS = 20_000;

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

  async function rollOut(state: Partial<ClusterState> = {}, env: Record<string, string> = {}) {
    cluster = await StubCluster.with(state);
    const { code, output } = await cluster.run('roll-out', { ...INPUT, SERVICE_URL: store.process.url, ...env });
    return { code, output, ...(await cluster.state()) };
  }
  const steps = (calls: readonly string[]): string[] =>
    calls.map((call) => (call.startsWith('apply') ? call : call.split(' ').slice(0, 2).join(' ')));
  const imagesNow = ({ deployments }: Pick<ClusterState, 'deployments'>): string[] =>
    deployments.map(({ image }) => image);
  const undone = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('rollout undo'));

  it('lays the foundation, waits for secrets and migrations, replaces the services, and remembers that they are good', async () => {
    const { code, calls, namespaces, deployments } = await rollOut();

    expect(code).toBe(0);
    expect(steps(calls)).toEqual([
      expect.stringMatching(/^apply .*ExternalSecret Namespace NetworkPolicy/),
      ...['wait externalsecret', 'delete job', 'apply Job'],
      expect.stringMatching(/^apply .*Deployment .*HTTPRoute/),
      ...['rollout status', 'rollout status', 'annotate --overwrite', 'annotate --overwrite'],
    ]);
    expect(new Set(namespaces)).toEqual(new Set(['mainstay']));
    expect(deployments).toEqual([
      expect.objectContaining({ annotations: { 'mainstay/good-revision': '8', 'mainstay/good-image': NEXT } }),
      expect.objectContaining({ annotations: { 'mainstay/good-revision': '42', 'mainstay/good-image': NEXT } }),
    ]);
  });

  it('brings one image, by its digest, to services and migrations alike, in the namespace of its overlay', async () => {
    const { code, images, namespaces } = await rollOut({ deployments: [], sets: [] }, { OVERLAY: 'staging' });

    expect(code).toBe(0);
    expect(new Set(images)).toEqual(new Set([NEXT]));
    expect(new Set(namespaces)).toEqual(new Set(['mainstay-staging']));
  });

  it('replaces nothing when a migration fails, and says what it said', async () => {
    const { code, output, calls, deployments } = await rollOut({
      jobs: { a: ['Complete'], b: ['FailureTarget', 'Failed'] },
    });

    expect(code).toBe(2);
    expect(output).toContain('the services were not touched');
    expect(imagesNow({ deployments })).toEqual([GOOD, GOOD]);
    expect(calls.at(-1)).toMatch(/^logs /);
  });

  it('touches nothing when the cluster does not say what runs', async () => {
    const { code, calls } = await rollOut({ silent: true });

    expect({ code, calls }).toEqual({ code: 2, calls: [] });
  });

  it.each([
    ['replicas do not become ready', { bad: [NEXT] }],
    [
      'the API server takes the Deployments and refuses what comes later, before their controller has looked',
      { refuses: 'HTTPRoute' },
    ],
  ])('goes back to what was good when %s, and ends with 1', async (_what, state) => {
    const { code, output, calls, deployments } = await rollOut(state);

    expect(code).toBe(1);
    expect(undone(calls)).toEqual([
      'rollout undo deployment/recommender --to-revision=7',
      'rollout undo deployment/store --to-revision=41',
    ]);
    expect(imagesNow({ deployments })).toEqual([GOOD, GOOD]);
    expect(deployments[1]?.annotations).toMatchObject({ 'mainstay/failed-image': NEXT, 'mainstay/good-image': GOOD });
    expect(output).toMatch(/== rolled back; what failed stands above$/);
  });

  it('goes back to what was good, and not to what somebody left there unjudged', async () => {
    const left = imageOf('c');
    const annotations = { 'mainstay/good-revision': '41', 'mainstay/good-image': GOOD };
    const { deployments } = await rollOut({
      deployments: [{ name: 'store', revision: 42, image: left, annotations }],
      sets: [
        { name: 'store', revision: 41, image: GOOD },
        { name: 'store', revision: 42, image: left },
      ],
      bad: [NEXT],
    });

    expect(deployments.find(({ name }) => name === 'store')?.image).toBe(GOOD);
  });

  it('says so when the rollback fails too', async () => {
    const { code, output, deployments } = await rollOut({}, { SERVICE_URL: away });

    expect(code).toBe(2);
    expect(output).toMatch(/it does not do, and the rollback failed too: docs\/runbooks\/rollback\.md$/);
    expect(imagesNow({ deployments })).toEqual([GOOD, GOOD]);
  });

  it('is not begun when nobody can say whether the objectives are met', async () => {
    const { code, output, calls } = await rollOut({}, { PROMETHEUS_URL: away });

    expect({ code, calls }).toEqual({ code: 2, calls: [] });
    expect(output).toContain('Prometheus does not watch');
  });

  it('has nothing to go back to the first time, and says so', async () => {
    const { code, output, calls } = await rollOut({ deployments: [], sets: [], bad: [NEXT] });

    expect(code).toBe(2);
    expect(output).toContain('no version before');
    expect(undone(calls)).toEqual([]);
  });

  it('goes back when it is cut off in the middle', async () => {
    cluster = await StubCluster.with();
    const cut = new AbortController();
    const hanging = `${away.replace(/\d+$/, '')}${new URL(store.process.managementUrl).port}`; // it smokes, and fails, for a while
    const running = cluster.run('roll-out', { ...INPUT, SERVICE_URL: hanging }, cut.signal).catch(() => undefined);
    const replaced = async () =>
      (await cluster.state()).calls.some((call) => call.startsWith('rollout status deployment/store')) ? true : null;
    await pollUntil(() => replaced().catch(() => null), { timeoutMs: CUT_OFF_MAX_MS });
    cut.abort(new Error('cut off'));
    await running;

    expect(imagesNow(await cluster.state())).toEqual([GOOD, GOOD]);
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
