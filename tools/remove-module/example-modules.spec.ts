import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withoutModule } from './composition.ts';

const CHECKOUT = resolve(import.meta.dirname, '../..');
const TOOL = 'tools/remove-module.ts';

const dryRun = (module: string) => {
  const args = [TOOL, module, '--dry-run', '--force'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: CHECKOUT, encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run remove:module, asked for a module of the example', () => {
  it.each([
    ['catalog', 'libs/modules/orders/orders.module.ts:'],
    ['orders', 'libs/modules/recommendations/adapters/events/order-events.consumer.ts:'],
    ['recommendations', 'apps/recommender/src/recommender.module.ts:'],
  ])('refuses %s, and names who leans on it', (module, place) => {
    const { status, stdout, stderr } = dryRun(module);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`${module} is needed, or named, outside of what goes with it:\n`);
    expect(stderr).toContain(`\n  ${place}`);
  });

  it('names the modules that there are, when there is none of that name', () => {
    expect(dryRun('catalogue')).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no module catalogue; there are catalog, orders, recommendations'),
    });
  });
});

describe('the composition root', () => {
  it('is as it was when no line of it is of the module', () => {
    const text = "import { OrdersModule } from '#modules/orders';\nexport const all = [\n  OrdersModule,\n];\n";

    expect(withoutModule(text, 'order')).toEqual({ text, places: [] });
  });

  it('is asked back when the module brings more than one thing', () => {
    const text = "import { A, B } from '#modules/orders';\n";

    expect(withoutModule(text, 'orders').places).toMatchObject([{ line: 1, text: text.trim() }]);
  });
});
