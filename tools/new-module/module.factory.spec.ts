import { describe, expect, it } from '@jest/globals';
import { callRule, type SchematicContext, type Tree } from '@angular-devkit/schematics';
import { lastValueFrom } from 'rxjs';
import { COMPOSITION_ROOT } from './composition-root.ts';
import { newModule, requestIn, type ModuleOptions } from './module.factory.ts';
import { aTree } from './testing/checkout-tree.ts';

const run = (options: ModuleOptions, tree: Tree): Promise<Tree> =>
  lastValueFrom(callRule(newModule(options), tree, {} as SchematicContext));
const ROW = '/libs/modules/reviews/adapters/postgres/review.row.ts';
const REVIEWS = { name: 'reviews', fields: 'title:string rating:integer(1..5)' };

describe('the schematic', () => {
  it('writes a module, and a line of the composition root', async () => {
    const tree = aTree();
    const before = tree.actions.length;

    await run(REVIEWS, tree);

    expect(tree.exists(ROW)).toBe(true);
    expect(tree.read(COMPOSITION_ROOT)?.toString()).toContain('ReviewsModule');
    const added = tree.actions.slice(before).map(({ path }) => String(path));
    expect(added.filter((path) => !/reviews?[/.-]|Reviews/.test(path))).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    const tree = await run(REVIEWS, aTree());
    const before = tree.actions.length;

    await run(REVIEWS, tree);

    expect(tree.actions).toHaveLength(before);
  });

  it('does not touch a module that is another one, and says where it differs', async () => {
    const tree = await run(REVIEWS, aTree());
    const before = tree.read(ROW)?.toString();

    const again = run({ name: 'reviews', fields: 'title:string' }, tree);

    await expect(again).rejects.toThrow('There is a module reviews already');
    expect(tree.read(ROW)?.toString()).toBe(before);
  });

  it('overwrites no file that lies where one of the module would', async () => {
    const tree = aTree();
    tree.create('/tools/dashboards/rows/reviews.ts', 'mine');

    await expect(run(REVIEWS, tree)).rejects.toThrow('tools/dashboards/rows/reviews.ts is there already');
    expect(tree.exists(ROW)).toBe(false);
  });

  it.each([
    [{ name: 'pages' }, 'every module uses that name'],
    [{ name: 'caches' }, 'Cache'],
    [{ name: 'rows' }, 'row'],
    [{ name: 'orders' }, 'There is a module orders already'],
    [{ name: 'review', fields: 'title' }, 'did you mean reviews?'],
  ])('refuses %j, and writes nothing', async (options, told) => {
    const tree = aTree();
    const before = tree.actions.length;

    await expect(run(options, tree)).rejects.toThrow(told);

    expect(tree.actions).toHaveLength(before);
  });

  it('lets one generated module refer to another', async () => {
    const tree = await run(REVIEWS, aTree());

    await run({ name: 'comments', fields: 'review:ref(reviews) text:text' }, tree);

    const port = tree.read('/libs/modules/comments/application/ports/review.directory.ts')?.toString();
    expect(port).toContain('abstract class ReviewDirectory');
  });

  it.each(['questions', 'requests-of-customers'])('takes %s for a name', async (name) => {
    const tree = await run({ name }, aTree());

    expect(tree.exists(`/libs/modules/${name}/index.ts`)).toBe(true);
  });

  it('takes fields with blanks or commas, and from nest generate as its path', () => {
    const fields = ['title:string', 'mood:enum(a|b)'];

    expect(requestIn({ name: 'reviews', fields: 'title:string mood:enum(a|b)' }).fields).toEqual(fields);
    expect(requestIn({ name: 'reviews', path: 'title:string,mood:enum(a|b)' }).fields).toEqual(fields);
    expect(requestIn({ name: 'reviews' })).toEqual({ name: 'reviews', fields: [], singular: null });
  });
});
