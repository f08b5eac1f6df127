import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { clusterOf, GOOD, imageOf, service, StubCluster } from './stub-cluster.js';

const OLDER = imageOf('0');
const WORSE = imageOf('f');
const NAMES = ['recommender', 'store'];

describe('a rollback by hand', () => {
  let store: RunningService;
  let cluster: StubCluster;
  beforeAll(async () => (store = await runningService({})));
  afterEach(() => cluster.remove());
  afterAll(() => store.stop());

  async function rolledBack(...services: readonly ReturnType<typeof service>[]) {
    cluster = await StubCluster.with(clusterOf(...services));
    const input = { OVERLAY: 'production', SERVICE_URL: store.process.url };
    const { code, output } = await cluster.run('rollback', input);
    return { code, output, images: await cluster.imagesNow() };
  }
  const both = (images: readonly string[], failed?: number): ReturnType<typeof service>[] =>
    NAMES.map((name) => service(name, images, failed === undefined ? {} : { 'mainstay/failed': `${name}-${failed}` }));

  it('takes each Deployment to the latest of another image, and not to a restart of the same, and marks what it left', async () => {
    expect(await rolledBack(...both([OLDER, GOOD, WORSE, WORSE]))).toMatchObject({ code: 0, images: [GOOD, GOOD] });

    for (const { annotations, name } of (await cluster.state()).deployments)
      expect(annotations).toEqual({ 'mainstay/good': `${name}-1`, 'mainstay/failed': `${name}-3` });
  });

  it('does not go to what was judged to have failed', async () => {
    expect(await rolledBack(...both([OLDER, GOOD, WORSE], 1))).toMatchObject({ code: 0, images: [OLDER, OLDER] });
  });

  it('goes to what failed once and was judged good later', async () => {
    cluster = await StubCluster.with(clusterOf(...both([OLDER, GOOD], 1)));
    const roll = { OVERLAY: 'production', SERVICE_URL: store.process.url, PROMETHEUS_URL: 'none' };
    const first = await cluster.run('roll-out', { ...roll, IMAGE_REF: GOOD });
    const second = await cluster.run('roll-out', { ...roll, IMAGE_REF: WORSE });

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(await cluster.run('rollback', roll)).toMatchObject({ code: 0 });
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
  });

  it('refuses to make two versions of one system', async () => {
    const { code, output, images } = await rolledBack(
      service('recommender', [GOOD, WORSE]),
      service('store', [OLDER, WORSE]),
    );

    expect({ code, images }).toEqual({ code: 2, images: [WORSE, WORSE] });
    expect(output).toContain('the services would be of different versions');
  });

  it('says so when no other image was kept', async () => {
    const { code, output } = await rolledBack(...both([WORSE]));

    expect(code).toBe(2);
    expect(output).toContain('roll out the one before, by its digest');
  });
});
