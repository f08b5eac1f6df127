import { afterEach, describe, expect, it } from '@jest/globals';
import { carryOut } from '../file-changes/carry-out.ts';
import { removalOf } from './removal.ts';
import { removalRequestIn } from './request.ts';
import { schemaDropOf } from './schema-drop.ts';
import { COMPOSED, SmallCheckout } from './testing/small-checkout.ts';

const NOW_MS = 1_796_000_000_000;
const RETIRED = 'apps/store/src/retired-migrations';
const KEPT = [
  `${RETIRED}/1795000000001-create-reviews.ts`,
  `${RETIRED}/1796000000000-retire-reviews.ts`,
  `${RETIRED}/waiting/1796000000001-drop-reviews.ts`,
];
const BEFORE = ['apps/store/src/store.module.ts', 'docs/errors.md', 'libs/modules/orders/index.ts'];

let checkout: SmallCheckout;
afterEach(() => checkout.remove());

async function remove(...args: string[]): Promise<readonly string[]> {
  const request = removalRequestIn(args);
  const { changes, keptIn, remarks } = await removalOf(checkout.path, request, NOW_MS);
  await carryOut(checkout.path, changes, { keepIn: keptIn });
  return remarks;
}

describe('a module that was never committed', () => {
  it('leaves nothing, though all of it is work that is not committed', async () => {
    checkout = SmallCheckout.withReviews({ committed: false });

    const remarks = await remove('reviews');

    expect(checkout.files()).toEqual(BEFORE);
    expect(checkout.git('status', '--porcelain')).toBe(' M docs/errors.md\n'); // which `npm run docs` writes anew
    expect(remarks.join('\n')).toContain('No commit has the migrations of reviews');
  });

  it('is kept outside of Git, with the work that was put into it, and says where', async () => {
    checkout = SmallCheckout.withReviews({ committed: false });
    checkout.write({ 'libs/modules/reviews/domain/review.ts': 'a day of work\n' });

    const remarks = await remove('reviews');

    const kept = '.data/removed-reviews-2026-11-30T00-53-20.000Z';
    expect(checkout.read(`${kept}/libs/modules/reviews/domain/review.ts`)).toBe('a day of work\n');
    expect(remarks.join('\n')).toContain(`it is kept in ${kept}`);
  });

  it('leaves its migrations where somebody says that databases have run them', async () => {
    checkout = SmallCheckout.withReviews({ committed: false });

    await remove('reviews', '--keep-migrations');

    expect(checkout.files()).toEqual([...KEPT, ...BEFORE].sort());
  });

  it('goes with the work of others untouched, or not at all', async () => {
    checkout = SmallCheckout.withReviews({ committed: false });
    checkout.write({ 'libs/modules/orders/domain/order.ts': 'new work\n' });
    const before = checkout.files();

    await expect(remove('reviews')).rejects.toThrow('  libs/modules/orders/domain/order.ts\nCommit them first');
    expect(checkout.files()).toEqual(before);
    await remove('reviews', '--force');

    expect(checkout.files()).toEqual([...BEFORE, 'libs/modules/orders/domain/order.ts'].sort());
  });
});

describe('a module that was committed', () => {
  it('leaves its migrations, one that says that it is gone, and one that waits to drop its schema', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });

    const remarks = await remove('reviews');

    expect(checkout.files()).toEqual([...KEPT, ...BEFORE].sort());
    expect(checkout.read('apps/store/src/store.module.ts')).toBe(COMPOSED);
    expect(checkout.read(KEPT[0] ?? '')).toContain('class CreateReviews1795000000001 ');
    expect(remarks.join('\n')).toContain('no row is deleted');
  });

  it('is not kept beside Git, which has it, but for changes that are in no commit', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    const plan = (...args: string[]) => removalOf(checkout.path, removalRequestIn(['reviews', ...args]), NOW_MS);
    expect((await plan()).keptIn).toBeNull();

    checkout.write({ 'libs/modules/reviews/domain/review.ts': 'better\n' });

    expect((await plan('--force')).keptIn).toContain('.data/removed-reviews-');
  });

  it('is known by a commit of any branch', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    checkout.git('branch', 'kept');
    checkout.git('reset', '--quiet', '--soft', 'HEAD~1');

    await remove('reviews', '--force');

    expect(checkout.files()).toEqual([...KEPT, ...BEFORE].sort());
  });

  it('leaves nothing where somebody says that no database has run them', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });

    await remove('reviews', '--forget-migrations');

    expect(checkout.files()).toEqual(BEFORE);
  });

  it('is not removed with changes of its own that are in no commit', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    checkout.write({ 'libs/modules/reviews/domain/review.ts': 'better\n' });

    await expect(remove('reviews')).rejects.toThrow('  libs/modules/reviews/domain/review.ts\n');
  });

  it('is not removed while its migrations need it', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    const migration = 'libs/modules/reviews/adapters/postgres/migrations/1795000000002-more.ts';
    checkout.write({ [migration]: "import { code } from '../../../domain/review.js';\n" });
    checkout.commit();

    await expect(remove('reviews')).rejects.toThrow(`${migration} imports ../../../domain/review.js`);
  });
});

describe('the schema of a module that is gone', () => {
  const drop = async (): Promise<void> =>
    carryOut(checkout.path, (await schemaDropOf(checkout.path, 'reviews', NOW_MS + 5)).changes);

  it('is dropped by a later release, after all migrations that there are by then', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    await remove('reviews');
    checkout.write({ 'libs/modules/orders/adapters/postgres/migrations/1797000000000-more.ts': '' });
    checkout.commit();

    await drop();

    const taken = `${RETIRED}/1797000000001-drop-reviews.ts`;
    expect(checkout.files().filter((file) => file.includes('-drop-'))).toEqual([taken]);
    expect(checkout.read(taken)).toMatch(
      /class DropReviews1797000000001 [^]*name = 'DropReviews1797000000001'[^]*compatibleSince = 'RetireReviews1796000000000'/,
    );
  });

  it('is not dropped by the release that removes the module', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    await remove('reviews');

    await expect(drop()).rejects.toThrow('The removal of reviews is not committed yet');
  });

  it('is not dropped when a module has it again, or when nothing waits', async () => {
    checkout = SmallCheckout.withReviews({ committed: true });
    await expect(drop()).rejects.toThrow('No migration that drops the schema of reviews waits');
    await remove('reviews');
    checkout.write({ 'libs/modules/reviews/index.ts': '' });
    checkout.commit();

    await expect(drop()).rejects.toThrow('There is a module reviews again');
  });
});

it.each(['returns', '../orders', '', '.'])('refuses a name that no module has: %j', async (name) => {
  checkout = SmallCheckout.withReviews({ committed: true });

  await expect(remove(name)).rejects.toThrow('there are orders, reviews.');
});
