/** One import, written into the planted house: which file holds it, and the specifier as that file writes it. */
export interface Import {
  readonly file: string;
  readonly imports: string;
}

/** An import that must be caught by one rule, and by no other: two catches for one deed would hide a lost rule. */
export interface Plant extends Import {
  readonly breaks: string;
}

const plant = (breaks: string, file: string, imports: string): Plant => ({ breaks, file, imports });
const lawful = (file: string, imports: string): Import => ({ file, imports });

const orders = 'libs/modules/orders';

/** At least one violation of every rule in `.dependency-cruiser.mjs`. */
export const PLANTS: readonly Plant[] = [
  plant('domain-looks-at-itself', `${orders}/domain/planted.ts`, '../application/place-order.js'),
  plant('domain-looks-at-itself', `${orders}/domain/planted.ts`, '../adapters/memory/in-memory-order.repository.js'),
  plant('domain-looks-at-itself', `${orders}/domain/planted.ts`, '#platform/postgres'),
  plant('domain-looks-at-itself', `${orders}/domain/planted.ts`, '#modules/catalog'),
  plant('application-looks-inward', `${orders}/application/planted.ts`, '../adapters/postgres/order.row.js'),
  plant('application-looks-inward', `${orders}/application/planted.ts`, '../orders.module.js'),
  plant('application-looks-inward', `${orders}/application/planted.ts`, '#platform/postgres'),
  plant('application-looks-inward', `${orders}/application/ports/planted.ts`, '#modules/catalog'),
  plant('no-packages-in-the-vault', `${orders}/domain/planted.ts`, 'shipped-package'),
  plant('no-packages-in-the-vault', `${orders}/domain/planted.ts`, 'node:crypto'),
  plant('no-packages-in-the-vault', `${orders}/application/planted.ts`, '@nestjs/common'),
  plant('adapters-do-not-meet', `${orders}/adapters/http/planted.ts`, '../postgres/order.row.js'),
  plant('adapters-do-not-meet', `${orders}/adapters/http/planted.ts`, '../../seed/orders.seed.js'),
  plant('adapters-do-not-meet', `${orders}/seed/planted.ts`, '../adapters/memory/in-memory-order.repository.js'),
  plant('adapters-know-no-wiring', `${orders}/adapters/http/planted.ts`, '../../orders.module.js'),
  plant('adapters-know-no-wiring', `${orders}/adapters/http/planted.ts`, '../../index.js'),
  plant('module-file-only-wires', `${orders}/planted.module.ts`, '#kernel/page'),
  plant('front-door-shows-its-own-house', 'libs/modules/returns/index.ts', '#modules/catalog'),
  plant('front-door-shows-its-own-house', 'libs/modules/returns/index.ts', '#kernel/page'),
  plant('front-door-shows-no-adapter', `${orders}/index.ts`, './adapters/postgres/order.row.js'),
  plant('every-file-has-a-room', `${orders}/planted.module.ts`, './utils/money.js'),
  plant('every-file-has-a-room', `${orders}/planted.module.ts`, './adapters/roomless.js'),
  plant('every-file-has-a-room', 'libs/platform/postgres/planted.ts', '../roomless.js'),
  plant('modules-by-front-door', `${orders}/adapters/catalog/planted.ts`, '../../../catalog/domain/product.js'),
  plant('modules-by-front-door', `${orders}/planted.spec.ts`, '../catalog/domain/product.js'),
  plant('platform-by-front-door', `${orders}/adapters/postgres/planted.ts`, '../../../../platform/postgres/pool.js'),
  plant('platform-by-front-door', 'libs/platform/health/planted.ts', '../postgres/pool.js'),
  plant('apps-by-front-door', 'apps/store/src/planted.ts', '../../../libs/modules/orders/domain/order.js'),
  plant('apps-by-front-door', 'apps/store/src/planted.ts', '../../../libs/platform/postgres/pool.js'),
  plant('apps-only-compose', 'apps/store/src/planted.ts', '#kernel/page'),
  plant('apps-only-compose', 'apps/store/src/planted.ts', '../../recommender/src/recommender.module.js'),
  plant('libs-know-no-app', `${orders}/adapters/http/planted.ts`, '../../../../../apps/store/src/store.module.js'),
  plant('libs-know-no-app', 'libs/platform/health/planted.ts', '../../../apps/store/src/store.module.js'),
  plant('platform-knows-no-business', 'libs/platform/health/planted.ts', '#modules/catalog'),
  plant('tools-stay-outside', 'apps/store/src/planted.ts', '../../../tools/start.js'),
  plant('tools-stay-outside', 'libs/platform/health/planted.ts', '../../../test/setup/postgres.mjs'),
  plant('test-code-by-tests-only', `${orders}/adapters/http/planted.ts`, '../../testing/order.builder.js'),
  plant('test-code-by-tests-only', `${orders}/domain/planted.ts`, './order.spec.js'),
  plant('test-code-by-tests-only', 'apps/store/src/planted.ts', '#platform/testing'),
  plant('kernel-imports-nothing', 'libs/kernel/planted.ts', 'shipped-package'),
  plant('kernel-imports-nothing', 'libs/kernel/planted.ts', 'node:fs'),
  plant('kernel-imports-nothing', 'libs/kernel/planted.ts', '#platform/postgres'),
  plant('kernel-use-case-wraps-injectable', 'libs/kernel/use-case.ts', 'shipped-package'),
  plant('kernel-use-case-wraps-injectable', 'libs/kernel/use-case.ts', 'node:crypto'),
  plant('kernel-id-draws-randomness', 'libs/kernel/id.ts', 'node:fs'),
  plant('kernel-id-draws-randomness', 'libs/kernel/id.ts', '@nestjs/common'),
  plant('no-circular', 'libs/platform/circle/one.ts', './two.js'),
  plant('no-circular', 'libs/platform/circle/two.ts', './one.js'),
  plant('no-circular', 'libs/modules/returns/returns.module.ts', '#modules/refunds'),
  plant('no-circular', 'libs/modules/refunds/index.ts', './refunds.module.js'),
  plant('no-circular', 'libs/modules/refunds/refunds.module.ts', '#modules/returns'),
  plant('no-circular', 'libs/modules/returns/index.ts', './returns.module.js'),
  plant('no-unresolvable', 'libs/platform/health/planted.ts', './nowhere.js'),
  plant('no-unresolvable', 'libs/platform/health/planted.ts', '#platform/nowhere'),
  plant('only-declared-packages', 'libs/platform/health/planted.ts', 'undeclared-package'),
  plant('only-shipped-packages', 'libs/platform/health/planted.ts', 'dev-package'),
  plant('only-shipped-packages', 'apps/store/src/planted.ts', 'optional-package'),
];

/** What each room is free to import: a rule that grows too broad catches one of these. */
export const LAWFUL: readonly Import[] = [
  lawful(`${orders}/domain/order.ts`, './order.errors.js'),
  lawful(`${orders}/domain/order.ts`, '#kernel/app-error'),
  lawful(`${orders}/domain/order.spec.ts`, '../testing/order.builder.js'),
  lawful(`${orders}/application/place-order.ts`, '../domain/order.js'),
  lawful(`${orders}/application/place-order.ts`, './ports/order.repository.js'),
  lawful(`${orders}/application/place-order.ts`, '#kernel/use-case'),
  lawful(`${orders}/application/place-order.spec.ts`, '../adapters/memory/in-memory-order.repository.js'),
  lawful(`${orders}/application/place-order.spec.ts`, 'dev-package'),
  lawful(`${orders}/adapters/http/orders.controller.ts`, '../../application/place-order.js'),
  lawful(`${orders}/adapters/http/orders.controller.ts`, '../../domain/order.js'),
  lawful(`${orders}/adapters/http/orders.controller.ts`, '#kernel/page'),
  lawful(`${orders}/adapters/http/orders.controller.ts`, '#platform/http'),
  lawful(`${orders}/adapters/http/orders.controller.ts`, '@nestjs/common'),
  lawful(`${orders}/adapters/memory/in-memory-order.repository.ts`, '../../application/ports/order.repository.js'),
  lawful(`${orders}/adapters/memory/in-memory-order.repository.spec.ts`, '../../testing/order.repository.contract.js'),
  lawful(`${orders}/adapters/postgres/order.repository.integration.spec.ts`, '#platform/testing'),
  lawful(`${orders}/adapters/catalog/catalog.stock.ts`, '#modules/catalog'),
  lawful(`${orders}/seed/orders.seed.ts`, '../application/ports/order.repository.js'),
  lawful(`${orders}/seed/orders.seed.ts`, 'node:crypto'),
  lawful(`${orders}/testing/order.repository.contract.ts`, '../application/ports/order.repository.js'),
  lawful(`${orders}/testing/order.repository.contract.ts`, 'dev-package'),
  lawful(`${orders}/orders.module.ts`, './adapters/memory/in-memory-order.repository.js'),
  lawful(`${orders}/orders.module.ts`, './seed/orders.seed.js'),
  lawful(`${orders}/orders.module.ts`, '#platform/postgres'),
  lawful(`${orders}/orders.module.ts`, '#modules/catalog'),
  lawful(`${orders}/orders.module.ts`, '@nestjs/common'),
  lawful(`${orders}/index.ts`, './orders.module.js'),
  lawful('libs/modules/catalog/index.ts', './domain/product.js'),
  lawful('libs/platform/http/index.ts', './pipeline.js'),
  lawful('libs/platform/http/pipeline.ts', '#platform/postgres'),
  lawful('libs/platform/http/pipeline.ts', '#kernel/app-error'),
  lawful('libs/platform/http/pipeline.ts', 'shipped-package'),
  lawful('libs/platform/postgres/index.ts', './pool.js'),
  lawful('libs/platform/testing/index.ts', '#platform/postgres'),
  lawful('libs/kernel/use-case.ts', '@nestjs/common'),
  lawful('libs/kernel/id.ts', 'node:crypto'),
  lawful('apps/store/src/main.ts', './store.module.js'),
  lawful('apps/store/src/store.module.ts', '#modules/orders'),
  lawful('apps/store/src/store.module.ts', '#platform/http'),
  lawful('apps/store/src/store.module.spec.ts', '#kernel/app-error'),
];

/** Files that are imported above and hold no import of their own. */
export const LEAVES: readonly string[] = [
  `${orders}/domain/order.errors.ts`,
  `${orders}/adapters/postgres/order.row.ts`,
  `${orders}/application/ports/order.repository.ts`,
  `${orders}/testing/order.builder.ts`,
  `${orders}/utils/money.ts`,
  `${orders}/adapters/roomless.ts`,
  'libs/modules/catalog/domain/product.ts',
  'libs/platform/postgres/pool.ts',
  'libs/platform/roomless.ts',
  'libs/kernel/app-error.ts',
  'libs/kernel/page.ts',
  'apps/recommender/src/recommender.module.ts',
  'tools/start.ts',
  'test/setup/postgres.mjs',
];
