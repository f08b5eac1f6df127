import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { type ClusterState, GOOD, imageOf, StubCluster } from './stub-cluster.js';

const OLDER = imageOf('0');
const WORSE = imageOf('f');

describe('a rollback by hand', () => {
  let store: RunningService;
  let cluster: StubCluster;
  beforeAll(async () => (store = await runningService({})));
  afterEach(() => cluster.remove());
  afterAll(() => store.stop());

  async function rolledBack(sets: ClusterState['sets'], annotations: Record<string, string> = {}) {
    const deployments = ['recommender', 'store'].map((name) => ({ name, revision: 42, image: WORSE, annotations }));
    cluster = await StubCluster.with({ deployments, sets });
    const { code, output } = await cluster.run('rollback', { OVERLAY: 'production', SERVICE_URL: store.process.url });
    return { code, output, images: (await cluster.state()).deployments.map(({ image }) => image) };
  }
  const ofBoth = (...kept: readonly (readonly [revision: number, image: string])[]): ClusterState['sets'] =>
    ['recommender', 'store'].flatMap((name) => kept.map(([revision, image]) => ({ name, revision, image })));

  it('takes each Deployment to the latest revision of another image, and not to a restart of the same', async () => {
    expect(await rolledBack(ofBoth([39, OLDER], [40, GOOD], [41, WORSE], [42, WORSE]))).toMatchObject({
      code: 0,
      images: [GOOD, GOOD],
    });
  });

  it('does not go to what was rolled back before', async () => {
    const sets = ofBoth([40, OLDER], [41, GOOD], [42, WORSE]);

    expect(await rolledBack(sets, { 'mainstay/failed-image': GOOD })).toMatchObject({
      code: 0,
      images: [OLDER, OLDER],
    });
  });

  it('refuses to make two versions of one system', async () => {
    const sets = [
      { name: 'recommender', revision: 41, image: GOOD },
      { name: 'store', revision: 41, image: OLDER },
    ];
    const { code, output, images } = await rolledBack(sets);

    expect({ code, images }).toEqual({ code: 2, images: [WORSE, WORSE] });
    expect(output).toContain('the services would be of different versions');
  });

  it('says so when no other image was kept', async () => {
    const { code, output } = await rolledBack(ofBoth([42, WORSE]));

    expect(code).toBe(2);
    expect(output).toContain('roll out the one before, by its digest');
  });
});
