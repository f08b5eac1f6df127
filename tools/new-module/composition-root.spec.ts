import { describe, expect, it } from '@jest/globals';
import { COMPOSITION_ROOT, composedWith } from './composition-root.ts';
import { aCheckout } from './testing/checkout-tree.ts';

const ROOT = aCheckout().read(COMPOSITION_ROOT) ?? '';
const added = (module: string, Module: string, text = ROOT): string => {
  const composed = composedWith(text, { module, Module });
  if ('fault' in composed) throw new Error(composed.fault);
  return composed.text;
};
const newLines = (text: string): string[] => text.split('\n').filter((line) => !ROOT.split('\n').includes(line));

describe('the composition root', () => {
  it.each([
    ['reviews', 'ReviewsModule', "import { RecommendationsModule } from '#modules/recommendations';"],
    ['gift-cards', 'GiftCardsModule', "import { CatalogModule } from '#modules/catalog';"],
    ['addresses', 'AddressesModule', "import { Module, type DynamicModule } from '@nestjs/common';"],
  ])('takes %s in where it belongs, and changes nothing else', (module, Module, before) => {
    const text = added(module, Module);

    expect(newLines(text)).toEqual([`import { ${Module} } from '#modules/${module}';`, `        ${Module},`]);
    expect(text).toContain(`${before}\nimport { ${Module} }`);
    expect(text).toContain(`OrdersModule,\n        ${Module},\n        ...(CatalogModule`);
  });

  it('stays as it is when it has the module', () => {
    const text = added('reviews', 'ReviewsModule');

    expect(added('reviews', 'ReviewsModule', text)).toBe(text);
  });

  it.each([
    ['is empty', ''],
    ['has no list', "import { CatalogModule } from '#modules/catalog';\nexport class StoreModule {}"],
    ['imports from elsewhere', '@Module({ imports: [CatalogModule] })\nexport class StoreModule {}'],
  ])('is refused where it %s', (_what, text) => {
    expect(composedWith(text, { module: 'reviews', Module: 'ReviewsModule' })).toMatchObject({
      fault: expect.stringContaining('no shape that is known'),
    });
  });

  it('is refused where it has half of the module', () => {
    const half = ROOT.replace('        OrdersModule,\n', '');

    expect(composedWith(half, { module: 'orders', Module: 'OrdersModule' })).toMatchObject({
      fault: expect.stringContaining('in one of two places'),
    });
  });
});
