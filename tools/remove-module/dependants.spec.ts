import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dependantsOf } from './dependants.ts';
import { removalOf } from './removal.ts';
import { removalRequestIn } from './request.ts';
import { SmallCheckout } from './testing/small-checkout.ts';

describe('what needs a module', () => {
  let checkout: SmallCheckout;
  beforeEach(() => {
    checkout = SmallCheckout.withReviews({ committed: true });
  });
  afterEach(() => checkout.remove());

  const removalWith = (file: string, line: string) => {
    checkout.write({ [file]: `// the first line\n${line}\n` });
    checkout.commit();
    return removalOf(checkout.path, removalRequestIn(['reviews']), 0);
  };

  it.each([
    ['another module', 'libs/modules/orders/orders.module.ts', "import { ReviewsModule } from '#modules/reviews';"],
    ['a consumer of its events', 'libs/modules/orders/adapters/events/c.ts', "@Consumes('reviews.review-created', 1)"],
    ['an error code that begins as a file ends', 'libs/modules/orders/a.ts', "case 'reviews.text-too-long':"],
    ['a statement on its table', 'libs/modules/orders/adapters/postgres/s.ts', 'SELECT 1 FROM reviews.reviews'],
    ['another app', 'apps/recommender/src/recommender.module.ts', "import { ReviewsModule } from '#modules/reviews';"],
    ['a command of the store', 'apps/store/src/reviews.ts', "import { ReviewQueries } from '#modules/reviews';"],
    ['a test that asks it', 'test/faults/load/mixed.spec.ts', "await fetch(url + '/v1/reviews?limit=1');"],
    ['a test that uses its tests', 'test/system/edge/x.spec.ts', "import { a } from '../reviews/support/client.js';"],
    ['a list of tests', 'test/setup/alone.json', '{ "test/system/reviews": "slow" }'],
    ['a tool', 'tools/start/banner.ts', "import { x } from '../../libs/modules/reviews/testing/review.builder.ts';"],
    ['a tool that asks for its scope', 'tools/token.ts', "const scope = 'reviews:write';"],
    ['an alert on its alert', 'deploy/observability/prometheus/rules/alerts.x.rules.yml', 'expr: ALERTS{alertname="ReviewsFailing"}'], // prettier-ignore
    ['a setting in a deployment', 'deploy/kubernetes/base/store.yaml', 'REVIEWS_CACHE_TTL_SECONDS: "5"'],
    ['a page that links to its runbook', 'docs/guides/x.md', 'See [it](../runbooks/alerts/ReviewsFailing.md#now).'],
  ])('is found: %s', async (_who, file, line) => {
    await expect(removalWith(file, line)).rejects.toThrow(`  ${file}:2: ${line}`);
  });

  it.each([
    ['a module whose name goes on', 'libs/modules/orders/a.ts', "import { A } from '#modules/reviews-of-others';"],
    ['a variable of that name', 'libs/modules/orders/a.ts', 'return reviews.map(({ id }) => id);'],
    ['what is generated', 'docs/metrics.md', '[ReviewsFailing](runbooks/alerts/ReviewsFailing.md)'],
    ['an example of the platform', 'libs/platform/messaging/event.spec.ts', "'reviews.review-created.v1'"],
    ['a page that tells of it', 'docs/guides/x.md', 'Such as `libs/modules/reviews` and `/v1/reviews`.'],
    ['what makes modules', 'tools/new-module/names.spec.ts', "expect(path).toBe('libs/modules/reviews');"],
    ['a file of that name', 'tools/start/banner.ts', "readFile('reviews.txt'); run('reviews.sql');"],
    ['the past', 'CHANGELOG.md', '[Reviews](libs/modules/reviews/index.ts)'],
  ])('is not taken for it: %s', async (_what, file, line) => {
    await expect(removalWith(file, line)).resolves.toBeDefined();
  });

  it('is more of it in the composition root', async () => {
    const composition = checkout.read('apps/store/src/store.module.ts');
    checkout.write({ 'apps/store/src/store.module.ts': `${composition}void ReviewsModule.configured();\n` });
    checkout.commit();

    await expect(removalOf(checkout.path, removalRequestIn(['reviews']), 0)).rejects.toThrow(
      /store\.module\.ts:10: void ReviewsModule\.configured\(\);/,
    );
  });
});

it('is nobody in this checkout for the module of the guides: who tries what they tell can take it away again', async () => {
  const paths = ['libs/modules/reviews', 'test/system/reviews', 'docs/runbooks/alerts/ReviewsFailing.md'];
  const files = ['tools/dashboards/rows/reviews.ts', 'deploy/observability/prometheus/rules/alerts.reviews.rules.yml'];
  const rules = 'deploy/observability/prometheus/tests/reviews.test.yml';
  const reviews = { name: 'reviews', paths: [...paths, ...files, rules], migrations: [], alerts: ['ReviewsFailing'] };

  expect(await dependantsOf(resolve(import.meta.dirname, '../..'), reviews)).toEqual([]);
});
